#include "wait.h"

#include <errno.h>
#include <sys/epoll.h>
#include <time.h>

/* Packets come first: Python, which has its own work for each turn, waits for so many of them. */
enum { DATAGRAMS_PER_TURN = 256 };

/* So much longer than asked is waited for a packet to wake the process: a wake of its own costs more than most timers do. */
enum { SLACK_US = 4000 };

static int64_t monotonic_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static int is_media(const vh_engine *engine, int descriptor)
{
    for (int index = 0; index < engine->socket_count; index++) {
        if (engine->sockets[index] == descriptor) {
            return 1;
        }
    }
    return 0;
}

/* Runs the plans; whether a datagram now waits for Python. There is room for one. */
static int run_media(vh_engine *engine, int socket)
{
    int limit = DATAGRAMS_PER_TURN;
    if (engine->waiting != VH_DONE) {
        return 0;
    }
    engine->waiting = vh_engine_run(engine, socket, &limit);
    return engine->waiting != VH_DONE;
}

/* Takes the events of one wait; how many are for Python. */
static int take_events(vh_engine *engine, const struct epoll_event *events, int count, vh_ready *ready)
{
    int found = 0;
    for (int index = 0; index < count; index++) {
        int descriptor = events[index].data.fd;
        if (!is_media(engine, descriptor) || run_media(engine, descriptor)) {
            ready[found++] = (vh_ready){descriptor, events[index].events};
        }
    }
    return found;
}

/* How long to wait still. */
static int rest_ms(int timeout_ms, int64_t until_us)
{
    int64_t rest_us = until_us + SLACK_US - monotonic_us();
    if (timeout_ms <= 0) {
        return timeout_ms;
    }
    return rest_us <= 0 ? 0 : (int)((rest_us + 999) / 1000);
}

static int wait_for_python(vh_engine *engine, int epoll, int timeout_ms, vh_ready *ready)
{
    struct epoll_event events[VH_MAX_READY];
    int64_t until_us = monotonic_us() + (int64_t)timeout_ms * 1000;
    for (;;) {
        int count = epoll_wait(epoll, events, VH_MAX_READY, rest_ms(timeout_ms, until_us));
        if (count < 0) {
            return errno == EINTR ? 0 : -1;
        }
        int found = take_events(engine, events, count, ready);
        int is_over = timeout_ms >= 0 && monotonic_us() >= until_us;
        if (found || is_over) {
            return found;
        }
    }
}

int vh_engine_wait(vh_engine *engine, int epoll, int timeout_ms, vh_ready *ready)
{
    vh_stall_end(&engine->stall, monotonic_us());
    int found = wait_for_python(engine, epoll, timeout_ms, ready);
    engine->stall.left_at_us = monotonic_us();
    return found;
}
