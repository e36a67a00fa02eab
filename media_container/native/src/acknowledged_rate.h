/* The bitrate at which packets arrived, by the receiver's own clock: mediaserver/rtp/acknowledged_rate.py. */
#ifndef VARDRUM_ACKNOWLEDGED_RATE_H
#define VARDRUM_ACKNOWLEDGED_RATE_H

#include <stdint.h>

#include "bursts.h"

enum { VH_MAX_RATE_GROUPS = 1024 };

typedef struct {
    int64_t arrived_us;
    int64_t size;
} vh_arrived_bytes;

typedef struct {
    uint32_t first; /* of `arrivals`, a ring, oldest first */
    uint32_t count;
    vh_arrived_bytes arrivals[VH_MAX_RATE_GROUPS];
} vh_acknowledged_rate;

/* Groups arrived. */
void vh_acknowledged_rate_update(vh_acknowledged_rate *rate, const vh_group *groups, uint32_t count);

/* Over the window, half a second at most; 0 until there is enough to measure. */
double vh_acknowledged_rate_bps(const vh_acknowledged_rate *rate, int64_t window_us);

#endif
