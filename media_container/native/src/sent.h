/* What was sent under transport-wide numbers, until Python takes it: mediaserver/rtp/sent_packets.py. */
#ifndef VARDRUM_SENT_H
#define VARDRUM_SENT_H

#include <stdint.h>
#include <string.h>

enum { VH_MAX_SENT = 8192 };

typedef struct {
    uint32_t seq;
    uint32_t size; /* of the datagram */
    int64_t sent_at_us;
} vh_sent_packet;

typedef struct {
    uint32_t first;
    uint32_t count;
    vh_sent_packet ring[VH_MAX_SENT];
} vh_sent;

/* Beyond the bound the oldest is lost. */
static inline void vh_sent_record(vh_sent *sent, uint16_t seq, uint32_t size, int64_t sent_at_us)
{
    sent->ring[(sent->first + sent->count) % VH_MAX_SENT] = (vh_sent_packet){seq, size, sent_at_us};
    if (sent->count < VH_MAX_SENT) {
        sent->count++;
    } else {
        sent->first = (sent->first + 1) % VH_MAX_SENT;
    }
}

#endif
