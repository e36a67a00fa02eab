#include "acknowledged_rate.h"

enum { WINDOW_US = 500000, MIN_SPAN_US = 150000, BITS_PER_US = 8000000 };

static const vh_arrived_bytes *arrival(const vh_acknowledged_rate *rate, uint32_t place)
{
    return &rate->arrivals[(rate->first + place) % VH_MAX_RATE_GROUPS];
}

static void forget_oldest(vh_acknowledged_rate *rate)
{
    rate->first = (rate->first + 1) % VH_MAX_RATE_GROUPS;
    rate->count--;
}

static void add(vh_acknowledged_rate *rate, const vh_group *group)
{
    int64_t arrived_us = group->arrived_us;
    if (rate->count && arrival(rate, rate->count - 1)->arrived_us > arrived_us) {
        arrived_us = arrival(rate, rate->count - 1)->arrived_us;
    }
    if (rate->count == VH_MAX_RATE_GROUPS) {
        forget_oldest(rate);
    }
    rate->arrivals[(rate->first + rate->count++) % VH_MAX_RATE_GROUPS] = (vh_arrived_bytes){arrived_us, group->size};
}

void vh_acknowledged_rate_update(vh_acknowledged_rate *rate, const vh_group *groups, uint32_t count)
{
    for (uint32_t index = 0; index < count; index++) {
        add(rate, &groups[index]);
    }
    while (rate->count > 1 && arrival(rate, 1)->arrived_us <= arrival(rate, rate->count - 1)->arrived_us - WINDOW_US) {
        forget_oldest(rate);
    }
}

double vh_acknowledged_rate_bps(const vh_acknowledged_rate *rate, int64_t window_us)
{
    if (!rate->count) {
        return 0;
    }
    int64_t newest_us = arrival(rate, rate->count - 1)->arrived_us, size = 0, span_us = 0;
    for (uint32_t place = rate->count; place > 0; place--) {
        span_us = newest_us - arrival(rate, place - 1)->arrived_us;
        if (span_us >= window_us) {
            break;
        }
        size += arrival(rate, place - 1)->size;
    }
    if (span_us < MIN_SPAN_US) {
        return 0;
    }
    return (double)(size * BITS_PER_US) / (double)(span_us < 2 * window_us ? span_us : 2 * window_us);
}
