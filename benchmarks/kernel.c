/* The loop of src/weft/engines/simulation/kernel/loop.py once more, without people who
 * come, leave or are shared: what the same algorithm takes in C. See kernel.py. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

enum { LAST = 1, CLASS = 1, PLACE = 8 };

typedef struct {
    union {
        double days;
        double began;
    };
    int32_t what, next;
} Step;

typedef struct {
    int64_t n;
    const int8_t *kind;
    const int64_t *gates;
    const double *openings, *arrival;
    const int64_t *start;
    int64_t *capacity, *busy, *waiting, *opening;
    int32_t *head, *tail;
    int64_t classes;
    Step *work;
    double *time;
    int64_t *key, size, told, events;
} World;

static inline int64_t turn(World *w, int64_t item) { return (w->told++ << 32) | item; }

static inline int64_t sooner(const World *w, int64_t i, int64_t j) {
    if (w->time[i] == w->time[j]) return w->key[i] < w->key[j];
    return w->time[i] < w->time[j];
}

static inline void rise(World *w, int64_t i, double time, int64_t key) {
    while (i > 0) {
        int64_t up = (i - 1) >> 2;
        if (w->time[up] < time || (w->time[up] == time && w->key[up] < key)) break;
        w->time[i] = w->time[up];
        w->key[i] = w->key[up];
        i = up;
    }
    w->time[i] = time;
    w->key[i] = key;
}

static inline void push(World *w, double time, int64_t key) {
    rise(w, w->size++, time, key);
}

static inline int64_t pop(World *w) {
    int64_t item = w->key[0] & 0xFFFFFFFF, size = --w->size;
    double time = w->time[size];
    int64_t key = w->key[size], i = 0, below = 1;
    w->time[size] = INFINITY;
    w->key[size] = INT64_MAX;
    while (below < size) {
        int64_t one = below + sooner(w, below + 1, below);
        int64_t two = below + 2 + sooner(w, below + 3, below + 2);
        int64_t best = one + (two - one) * sooner(w, two, one);
        w->time[i] = w->time[best];
        w->key[i] = w->key[best];
        i = best;
        below = 4 * best + 1;
    }
    rise(w, i, time, key);
    return item;
}

static inline void begin(World *w, int64_t step, double now) {
    double ends = now - w->work[step].days;
    w->work[step].began = now;
    push(w, ends, turn(w, step));
}

static inline int append(World *w, int64_t step, int64_t place) {
    int first = w->head[place] < 0;
    w->work[step].next = -1;
    if (first)
        w->head[place] = (int32_t)step;
    else
        w->work[w->tail[place]].next = (int32_t)step;
    w->tail[place] = (int32_t)step;
    return first;
}

static inline void serve(World *w, int32_t s, double now) {
    while (w->waiting[s] > 0 && w->busy[s] < w->capacity[s]) {
        int32_t *head = w->head + s * w->classes;
        while (*head < 0) head++;
        int32_t step = *head;
        *head = w->work[step].next;
        w->waiting[s]--;
        w->busy[s]++;
        begin(w, step, now);
    }
}

static inline void join(World *w, int64_t step, int32_t what, double now) {
    int32_t s = what >> PLACE;
    if (w->busy[s] < w->capacity[s]) {
        w->busy[s]++;
        begin(w, step, now);
        return;
    }
    append(w, step, s * w->classes + ((what >> CLASS) & 127));
    w->waiting[s]++;
}

static inline void halt(World *w, int64_t step, int32_t s, double now) {
    int64_t gate = w->opening[s];
    while (gate < w->gates[s + 1] && w->openings[gate] < now) gate++;
    w->opening[s] = gate;
    if (gate < w->gates[s + 1]) {
        int64_t key = turn(w, step);
        w->work[step].days = -(double)(key >> 32);
        if (append(w, step, s * w->classes)) push(w, w->openings[gate], key);
    }
}

static inline void pass_on(World *w, int64_t step, int32_t s, double now) {
    int32_t behind = w->work[step].next;
    w->work[step].began = now;
    w->head[s * w->classes] = behind;
    if (behind >= 0) push(w, now, ((int64_t)-w->work[behind].days << 32) | behind);
}

static inline void enter(World *w, int64_t step, double now) {
    int32_t what = w->work[step].what, s = what >> PLACE;
    if (w->kind[s] == 0)
        join(w, step, what, now);
    else if (w->kind[s] == 1)
        begin(w, step, now);
    else
        halt(w, step, s, now);
}

static inline void leave(World *w, int64_t step, double now) {
    int32_t what = w->work[step].what, s = what >> PLACE;
    if (w->kind[s] == 0) {
        w->busy[s]--;
        serve(w, s, now);
    } else if (w->kind[s] == 2) {
        pass_on(w, step, s, now);
    }
    if (!(what & LAST)) enter(w, step + 1, now);
}

int64_t run(World *w) {
    int64_t coming = 0;
    for (;;) {
        double arrives = coming < w->n ? w->arrival[coming] : INFINITY;
        double ends = w->size ? w->time[0] : INFINITY;
        if (arrives == INFINITY && ends == INFINITY) return w->events;
        w->events++;
        if (arrives <= ends) {
            if (w->start[coming] < w->start[coming + 1])
                enter(w, w->start[coming], arrives);
            coming++;
        } else {
            leave(w, pop(w), ends);
        }
    }
}
