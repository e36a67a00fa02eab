/* Transport-wide feedback that waits a moment for Python, so that several messages cost one wake. */
#ifndef VARDRUM_DEFERRED_H
#define VARDRUM_DEFERRED_H

#include <stdint.h>

enum { VH_MAX_DEFERRED = 32, VH_MAX_DEFERRED_SIZE = 1500 };

typedef struct {
    int64_t route_id;
    uint32_t size;
    uint8_t data[VH_MAX_DEFERRED_SIZE];
} vh_deferred_datagram;

typedef struct {
    uint32_t count;
    uint32_t taken; /* of them, in order */
    int64_t first_at_us;
    vh_deferred_datagram datagrams[VH_MAX_DEFERRED];
} vh_deferred;

/* Whether the datagram, still encrypted, begins with transport-wide feedback: nothing in it is asked for in haste. */
int vh_may_wait(const uint8_t *datagram, uint32_t size);

/* 0 if there is no room. */
int vh_defer(vh_deferred *deferred, int64_t route_id, const uint8_t *datagram, uint32_t size, int64_t now_us);

/* The next datagram in the order they came, NULL when all were taken; it is good until the next `vh_defer`. */
const vh_deferred_datagram *vh_take_deferred(vh_deferred *deferred);

#endif
