#include "queue_delay.h"

#include <string.h>

enum { RECENT_PACKETS = 20, RECENT_US = 500000, BUCKET_US = 1000000 };

static void forget_oldest(vh_queue_delay *queue)
{
    memmove(queue->buckets, queue->buckets + 1, (VH_DELAY_BUCKETS - 1) * sizeof *queue->buckets);
    queue->bucket_count--;
}

/* The least delay of each second. */
static void note(vh_queue_delay *queue, int64_t bucket, int64_t delay_us)
{
    vh_delay_bucket *newest = queue->bucket_count ? &queue->buckets[queue->bucket_count - 1] : NULL;
    if (!newest || newest->bucket < bucket) {
        if (queue->bucket_count == VH_DELAY_BUCKETS) {
            forget_oldest(queue);
        }
        queue->buckets[queue->bucket_count++] = (vh_delay_bucket){bucket, delay_us};
    } else if (delay_us < newest->least_us) {
        newest->least_us = delay_us;
    }
    while (queue->buckets[0].bucket <= bucket - VH_DELAY_BUCKETS) {
        forget_oldest(queue);
    }
}

static const vh_group *newest_but(const vh_queue_delay *queue, uint32_t places)
{
    return &queue->groups[(queue->group_count - 1 - places) % VH_RECENT_GROUPS];
}

/* Of the last packets, if they are of late. */
static int64_t recent_least_us(const vh_queue_delay *queue)
{
    const vh_group *newest = newest_but(queue, 0);
    int64_t least_us = newest->least_delay_us, packets = 0;
    for (uint32_t places = 0; places < VH_RECENT_GROUPS && places < queue->group_count; places++) {
        const vh_group *group = newest_but(queue, places);
        if (packets >= RECENT_PACKETS || group->sent_us < newest->sent_us - RECENT_US) {
            break;
        }
        packets += group->packets;
        least_us = group->least_delay_us < least_us ? group->least_delay_us : least_us;
    }
    return least_us;
}

static int64_t long_least_us(const vh_queue_delay *queue)
{
    int64_t least_us = queue->buckets[0].least_us;
    for (uint32_t index = 1; index < queue->bucket_count; index++) {
        least_us = queue->buckets[index].least_us < least_us ? queue->buckets[index].least_us : least_us;
    }
    return least_us;
}

void vh_queue_delay_update(vh_queue_delay *queue, const vh_group *groups, uint32_t count)
{
    for (uint32_t index = 0; index < count; index++) {
        queue->groups[queue->group_count++ % VH_RECENT_GROUPS] = groups[index];
        note(queue, groups[index].sent_us / BUCKET_US, groups[index].least_delay_us);
    }
    if (queue->group_count) {
        queue->standing_ms = (double)(recent_least_us(queue) - long_least_us(queue)) / 1000;
    }
}
