#include "outbox.h"

#include <string.h>

/* Sends what waits for one receiver; the parcel stays open for more. */
static void send_parcel(vh_parcel *parcel)
{
    if (parcel->count) {
        vh_link_send_datagrams(parcel->link, parcel->data, parcel->size, parcel->packet_size);
        parcel->count = parcel->size = 0;
    }
}

static vh_parcel *parcel_for(vh_outbox *outbox, vh_link *link)
{
    if (!link->parcel) {
        if (outbox->open == VH_PARCELS) {
            vh_outbox_flush(outbox);
        }
        link->parcel = &outbox->parcels[outbox->open++];
        link->parcel->link = link;
        link->parcel->count = link->parcel->size = 0;
    }
    return link->parcel;
}

uint8_t *vh_outbox_room(vh_outbox *outbox, vh_link *link)
{
    vh_parcel *parcel = parcel_for(outbox, link);
    if (parcel->count == VH_MOST_IN_PARCEL || parcel->size + VH_PACKET_ROOM > VH_PARCEL_SIZE) {
        send_parcel(parcel);
    }
    return parcel->data + parcel->size;
}

void vh_outbox_add(vh_outbox *outbox, vh_link *link, uint32_t size)
{
    vh_parcel *parcel = parcel_for(outbox, link);
    const uint8_t *packet = parcel->data + parcel->size;
    if (parcel->count && size > parcel->packet_size) {
        send_parcel(parcel);
        memmove(parcel->data, packet, size);
    }
    if (!parcel->count) {
        parcel->packet_size = size;
    }
    parcel->count++;
    parcel->size += size;
    if (size < parcel->packet_size) {
        send_parcel(parcel);
    }
}

void vh_outbox_flush(vh_outbox *outbox)
{
    for (uint32_t index = 0; index < outbox->open; index++) {
        send_parcel(&outbox->parcels[index]);
        outbox->parcels[index].link->parcel = NULL;
    }
    outbox->open = 0;
}
