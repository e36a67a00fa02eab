#include "deferred.h"

#include <string.h>

enum { TRANSPORT_FEEDBACK = 0x8F, RTPFB = 205, LEAST = 12 };

int vh_may_wait(const uint8_t *datagram, uint32_t size)
{
    return size >= LEAST && datagram[0] == TRANSPORT_FEEDBACK && datagram[1] == RTPFB;
}

int vh_defer(vh_deferred *deferred, int64_t route_id, const uint8_t *datagram, uint32_t size, int64_t now_us)
{
    if (deferred->count >= VH_MAX_DEFERRED || size > VH_MAX_DEFERRED_SIZE) {
        return 0;
    }
    if (!deferred->count) {
        deferred->first_at_us = now_us;
    }
    vh_deferred_datagram *slot = &deferred->datagrams[deferred->count++];
    slot->route_id = route_id;
    slot->size = size;
    memcpy(slot->data, datagram, size);
    return 1;
}

const vh_deferred_datagram *vh_take_deferred(vh_deferred *deferred)
{
    if (deferred->taken >= deferred->count) {
        deferred->taken = deferred->count = 0;
        return NULL;
    }
    return &deferred->datagrams[deferred->taken++];
}
