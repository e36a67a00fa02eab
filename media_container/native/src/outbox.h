/* Packets of equal size to one receiver, such as a picture's, leave together: UDP_SEGMENT (udp(7)) cuts them apart again.
   One system call and one way through the kernel do for all of them. */
#ifndef VARDRUM_OUTBOX_H
#define VARDRUM_OUTBOX_H

#include <stdint.h>

#include "link.h"

enum { VH_PARCELS = 32, VH_MOST_IN_PARCEL = 16, VH_PARCEL_SIZE = 16384, VH_PACKET_ROOM = 2048 };

/* What waits for one receiver, packet behind packet. */
typedef struct vh_parcel {
    vh_link *link;
    uint32_t count;
    uint32_t packet_size; /* of each but the last, which may be smaller and is the last one then */
    uint32_t size; /* of all */
    uint8_t data[VH_PARCEL_SIZE];
} vh_parcel;

typedef struct {
    uint32_t open;
    vh_parcel parcels[VH_PARCELS];
} vh_outbox;

/* VH_PACKET_ROOM bytes for the next packet to the link. */
uint8_t *vh_outbox_room(vh_outbox *outbox, vh_link *link);

/* The room now holds an encrypted packet of so many bytes, at least one, to be sent. */
void vh_outbox_add(vh_outbox *outbox, vh_link *link, uint32_t size);

/* Sends all that waits. */
void vh_outbox_flush(vh_outbox *outbox);

#endif
