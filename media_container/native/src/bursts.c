#include "bursts.h"

#include <string.h>

enum { BURST_US = 5000, MAX_BURST_US = 100000 };

static int64_t lesser(int64_t one, int64_t other)
{
    return one < other ? one : other;
}

static int64_t greater(int64_t one, int64_t other)
{
    return one > other ? one : other;
}

/* Whether the packet was sent with the group, or waited with it and came right behind it. */
static int belongs(const vh_bursts *bursts, int64_t sent_us, int64_t arrived_us)
{
    const vh_group *group = &bursts->growing;
    int64_t after_us = sent_us - bursts->first_sent_us;
    if (!group->packets || after_us < 0) {
        return 0;
    }
    int came_behind = arrived_us - group->arrived_us < lesser(sent_us - group->sent_us, BURST_US);
    return after_us <= BURST_US || (came_behind && arrived_us - bursts->first_arrived_us < MAX_BURST_US);
}

static void complete(vh_bursts *bursts)
{
    if (bursts->count == VH_MAX_GROUPS) {
        memmove(bursts->complete, bursts->complete + 1, (VH_MAX_GROUPS - 1) * sizeof *bursts->complete);
        bursts->count--;
    }
    bursts->complete[bursts->count++] = bursts->growing;
}

void vh_bursts_add(vh_bursts *bursts, int64_t size, int64_t sent_us, int64_t arrived_us)
{
    vh_group *group = &bursts->growing;
    if (belongs(bursts, sent_us, arrived_us)) {
        group->sent_us = greater(group->sent_us, sent_us);
        group->arrived_us = greater(group->arrived_us, arrived_us);
        group->least_delay_us = lesser(group->least_delay_us, arrived_us - sent_us);
        group->size += size;
        group->packets++;
        return;
    }
    if (group->packets && sent_us < bursts->first_sent_us) {
        return; /* of an earlier group, told of late */
    }
    if (group->packets) {
        complete(bursts);
    }
    bursts->first_sent_us = sent_us;
    bursts->first_arrived_us = arrived_us;
    *group = (vh_group){sent_us, arrived_us, arrived_us - sent_us, size, 1};
}
