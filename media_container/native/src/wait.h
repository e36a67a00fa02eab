/* The wait of the event loop: media is forwarded while waiting, so that Python wakes only for what is Python's. */
#ifndef VARDRUM_WAIT_H
#define VARDRUM_WAIT_H

#include <stdint.h>

#include "engine.h"

enum { VH_MAX_READY = 64 };

typedef struct {
    int descriptor;
    uint32_t events; /* of epoll */
} vh_ready;

/* Waits on the epoll descriptor for at most `timeout_ms`, -1 for ever, and runs the plans of the engine's sockets
   meanwhile. Returns how many descriptors are ready for Python, at most VH_MAX_READY, written to `ready`; -1 on an error
   other than a signal. A media socket is ready if the engine's `waiting` says what its datagram is. */
int vh_engine_wait(vh_engine *engine, int epoll, int timeout_ms, vh_ready *ready);

#endif
