/* The loop of src/weft/engines/simulation/kernel/loop.py once more, without people who
 * come, leave or are shared: what the same algorithm takes in C. See kernel.py. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

typedef struct {
    int64_t n;
    const int8_t *kind;
    const int64_t *gates;
    const double *openings, *arrival;
    const int8_t *priority;
    const int64_t *start;
    const int32_t *station;
    const double *service;
    int64_t *capacity, *busy, *waiting, *opening;
    int32_t *head, *tail, *follows;
    int64_t classes, *at;
    double *time;
    int64_t *key, size, told, events;
    double *entered, *started, *done;
} World;

static inline void push(World *w, double time, int64_t item) {
    int64_t key = (w->told++ << 32) | item, i = w->size++;
    while (i > 0) {
        int64_t up = (i - 1) >> 1;
        if (w->time[up] <= time) break;
        w->time[i] = w->time[up];
        w->key[i] = w->key[up];
        i = up;
    }
    w->time[i] = time;
    w->key[i] = key;
}

static inline int64_t pop(World *w) {
    int64_t item = w->key[0] & 0xFFFFFFFF, size = --w->size;
    double time = w->time[size];
    int64_t key = w->key[size], i = 0, below = 1;
    while (below < size) {
        int64_t right = below + 1;
        if (right < size && (w->time[right] < w->time[below] ||
                             (w->time[right] == w->time[below] &&
                              w->key[right] < w->key[below])))
            below = right;
        if (time < w->time[below] || (time == w->time[below] && key < w->key[below]))
            break;
        w->time[i] = w->time[below];
        w->key[i] = w->key[below];
        i = below;
        below = 2 * below + 1;
    }
    w->time[i] = time;
    w->key[i] = key;
    return item;
}

static inline void begin(World *w, int64_t change, int32_t s, double now) {
    int64_t step = w->at[change];
    w->started[step] = now;
    w->busy[s]++;
    push(w, now + w->service[step], change);
}

static inline void serve(World *w, int32_t s, double now) {
    while (w->waiting[s] > 0 && w->busy[s] < w->capacity[s]) {
        int32_t *head = w->head + s * w->classes;
        while (*head < 0) head++;
        int32_t change = *head;
        *head = w->follows[change];
        w->waiting[s]--;
        begin(w, change, s, now);
    }
}

static inline void join(World *w, int64_t change, int32_t s, double now) {
    if (w->busy[s] < w->capacity[s]) {
        begin(w, change, s, now);
        return;
    }
    int64_t place = s * w->classes + w->priority[change];
    if (w->head[place] < 0)
        w->head[place] = (int32_t)change;
    else
        w->follows[w->tail[place]] = (int32_t)change;
    w->tail[place] = (int32_t)change;
    w->follows[change] = -1;
    w->waiting[s]++;
}

static inline void enter(World *w, int64_t change, double now) {
    int64_t step = w->at[change];
    if (step == w->start[change + 1]) {
        w->done[change] = now;
        return;
    }
    int32_t s = w->station[step];
    w->entered[step] = now;
    if (w->kind[s] == 0) {
        join(w, change, s, now);
    } else if (w->kind[s] == 1) {
        w->started[step] = now;
        push(w, now + w->service[step], change);
    } else {
        int64_t gate = w->opening[s];
        while (gate < w->gates[s + 1] && w->openings[gate] < now) gate++;
        w->opening[s] = gate;
        if (gate < w->gates[s + 1]) {
            w->started[step] = w->openings[gate];
            push(w, w->openings[gate], change);
        }
    }
}

int64_t run(World *w) {
    int64_t coming = 0;
    for (;;) {
        double arrives = coming < w->n ? w->arrival[coming] : INFINITY;
        double ends = w->size ? w->time[0] : INFINITY;
        if (arrives == INFINITY && ends == INFINITY) return w->events;
        w->events++;
        if (arrives <= ends) {
            w->at[coming] = w->start[coming];
            enter(w, coming, arrives);
            coming++;
        } else {
            int64_t change = pop(w), step = w->at[change];
            int32_t s = w->station[step];
            if (w->kind[s] == 0) {
                w->busy[s]--;
                serve(w, s, ends);
            }
            w->at[change] = step + 1;
            enter(w, change, ends);
        }
    }
}
