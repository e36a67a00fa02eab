/* Packets sent in one burst are one sample of the path: mediaserver/rtp/arrival_groups.py. */
#ifndef VARDRUM_BURSTS_H
#define VARDRUM_BURSTS_H

#include <stdint.h>

enum { VH_MAX_GROUPS = 256 };

typedef struct {
    int64_t sent_us;
    int64_t arrived_us;
    int64_t least_delay_us;
    int64_t size;
    int64_t packets; /* 0: nothing yet */
} vh_group;

typedef struct {
    int64_t first_sent_us; /* of the group that grows */
    int64_t first_arrived_us;
    vh_group growing;
    uint32_t count; /* of complete groups since Python last asked; of more than fit the oldest are left out */
    vh_group complete[VH_MAX_GROUPS];
} vh_bursts;

/* A packet is told to have arrived. */
void vh_bursts_add(vh_bursts *bursts, int64_t size, int64_t sent_us, int64_t arrived_us);

#endif
