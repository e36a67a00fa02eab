/* The RTP header and its extension elements (RFC 3550 section 5.1, RFC 8285): what mediaserver/rtp/normaliser.py does. */
#ifndef VARDRUM_HEADER_H
#define VARDRUM_HEADER_H

#include <stdint.h>

enum { FIXED_LENGTH = 12, NUMBER_SLOT_OFFSET = 16, MIN_HEADER_LENGTH = 20, MAX_KEPT_LENGTH = 256 };
enum { PLAIN = 0x80, WITH_EXTENSION = 0x90 };

/* The publisher's ids and what becomes of them. */
typedef struct {
    uint8_t kept_ids[256]; /* the router's id of each element that receivers get, 0 for the others */
    uint8_t transport_cc_id; /* 0 without one */
} vh_extensions;

typedef struct {
    uint32_t payload; /* offset */
    int32_t transport_cc; /* -1 without one */
    uint32_t kept_length; /* of `kept`, in whole words */
    uint8_t kept[MAX_KEPT_LENGTH]; /* the elements that receivers get, in one-byte form under the router's ids */
} vh_header;

/* Reads the header of the packet of `size` bytes. 0 if it is malformed or of a rare kind: padding, CSRC list. */
int vh_header_read(const vh_extensions *extensions, const uint8_t *packet, uint32_t size, vh_header *header);

/* Writes the normalised header before the payload: fixed header, empty slot for the receiver's transport-wide number,
   kept elements. The payload makes room if there is not enough; `packet` has MIN_HEADER_LENGTH bytes to spare behind
   `*size`. Returns the offset of the first byte; `*size` becomes the end. */
uint32_t vh_header_normalise(const vh_header *header, uint8_t *packet, uint32_t *size);

/* Where the payload of a normalised packet begins. */
static inline uint32_t vh_payload_offset(const uint8_t *normalised)
{
    return NUMBER_SLOT_OFFSET + 4u * normalised[NUMBER_SLOT_OFFSET - 1];
}

#endif
