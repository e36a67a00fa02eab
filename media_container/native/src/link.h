/* The outbound side of a transport: its SRTP keys, where it sends to, and its transport-wide numbers. */
#ifndef VARDRUM_LINK_H
#define VARDRUM_LINK_H

#include <netinet/in.h>
#include <stdint.h>

#include "counters.h"
#include "path.h"

enum { VH_MAX_RTCP_SIZE = 1200 };

struct vh_parcel;

/* libsrtp's srtp_protect and srtp_unprotect: in place, `length` in and out, 0 or a status. */
typedef int (*vh_srtp_function)(void *session, void *packet, int *length);

typedef struct {
    void *session; /* NULL: there is nobody to send to */
    vh_srtp_function protect;
    vh_srtp_function protect_rtcp;
    vh_counters *counters;
    int socket;
    uint32_t address_length;
    struct sockaddr_storage address;
    uint8_t transport_cc_id; /* of the element in the number slot */
    uint16_t next_number;
    uint8_t sends_alone; /* the kernel does not take many packets at once */
    struct vh_parcel *parcel; /* of the outbox, while something waits there */
    vh_path path;
} vh_link;

vh_link *vh_link_new(void);
void vh_link_free(vh_link *link);

/* `ip` is of 4 or 16 bytes, `port` in host byte order. 0 if it is neither. */
int vh_link_set_address(vh_link *link, int socket, const uint8_t *ip, uint32_t ip_length, uint16_t port, uint32_t scope);

/* Encrypts in place and sends; 0, or -1 if there is nobody to send to or libsrtp refused. libsrtp needs 148 bytes of
   room behind the packet. */
int32_t vh_link_send(vh_link *link, uint8_t *packet, uint32_t size, int64_t now_us);

/* The same with the next transport-wide number in the packet's slot, and recorded; the number or -1. */
int32_t vh_link_send_numbered(vh_link *link, uint8_t *packet, uint32_t size, int64_t now_us);

/* Writes the next transport-wide number if `numbered`, encrypts in place and counts it as sent, but leaves sending to the
   caller. The size of the datagram, or -1 as above. */
int32_t vh_link_protect(vh_link *link, int numbered, uint8_t *packet, uint32_t size, int64_t now_us);

/* Sends encrypted packets that lie behind one another, all of `packet_size` but the last, which may be smaller. */
void vh_link_send_datagrams(vh_link *link, const uint8_t *packets, uint32_t size, uint32_t packet_size);

/* Copies RTCP of at most VH_MAX_RTCP_SIZE bytes, encrypts and sends it; -1 as above. */
int32_t vh_link_send_rtcp(vh_link *link, const uint8_t *packet, uint32_t size);

#endif
