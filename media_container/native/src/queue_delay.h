/* How long packets stand in the queue on the way: mediaserver/rtp/queue_delay.py. */
#ifndef VARDRUM_QUEUE_DELAY_H
#define VARDRUM_QUEUE_DELAY_H

#include <stdint.h>

#include "bursts.h"

enum { VH_RECENT_GROUPS = 20, VH_DELAY_BUCKETS = 12 };

typedef struct {
    int64_t bucket; /* a second of sending */
    int64_t least_us;
} vh_delay_bucket;

typedef struct {
    double standing_ms;
    uint32_t group_count; /* all that ever came; the newest are in `groups` */
    vh_group groups[VH_RECENT_GROUPS];
    uint32_t bucket_count; /* oldest first */
    vh_delay_bucket buckets[VH_DELAY_BUCKETS];
} vh_queue_delay;

/* Takes in groups that arrived. */
void vh_queue_delay_update(vh_queue_delay *queue, const vh_group *groups, uint32_t count);

#endif
