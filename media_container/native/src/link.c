#include "link.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "header.h"
#include "wire.h"

enum { SRTP_ROOM = 160 }; /* more than what libsrtp may write behind a packet */

vh_link *vh_link_new(void)
{
    return calloc(1, sizeof(vh_link));
}

void vh_link_free(vh_link *link)
{
    free(link);
}

int vh_link_set_address(vh_link *link, int socket, const uint8_t *ip, uint32_t ip_length, uint16_t port, uint32_t scope)
{
    memset(&link->address, 0, sizeof link->address);
    if (ip_length == 4) {
        struct sockaddr_in *v4 = (struct sockaddr_in *)&link->address;
        v4->sin_family = AF_INET;
        v4->sin_port = htons(port);
        memcpy(&v4->sin_addr, ip, 4);
        link->address_length = sizeof *v4;
    } else if (ip_length == 16) {
        struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&link->address;
        v6->sin6_family = AF_INET6;
        v6->sin6_port = htons(port);
        v6->sin6_scope_id = scope;
        memcpy(&v6->sin6_addr, ip, 16);
        link->address_length = sizeof *v6;
    } else {
        return 0;
    }
    link->socket = socket;
    return 1;
}

/* What the network refuses is lost, as on the way. */
static void send_datagram(vh_link *link, const uint8_t *packet, int length)
{
    const struct sockaddr *to = (const struct sockaddr *)&link->address;
    if (sendto(link->socket, packet, (size_t)length, 0, to, link->address_length) < 0) {
        int full = errno == EAGAIN || errno == EWOULDBLOCK;
        link->counters->drops[full ? VH_DROP_SEND_BUFFER_FULL : VH_DROP_SEND_FAILED]++;
    }
}

/* The size of the datagram, or -1. */
static int protect_and_send(vh_link *link, uint8_t *packet, uint32_t size)
{
    int length = (int)size;
    if (!link->session) {
        return -1;
    }
    if (link->protect(link->session, packet, &length)) {
        link->counters->drops[VH_DROP_SRTP_PROTECT]++;
        return -1;
    }
    send_datagram(link, packet, length);
    link->counters->packets_sent++;
    link->counters->bytes_sent += (uint64_t)length;
    return length;
}

int32_t vh_link_send(vh_link *link, uint8_t *packet, uint32_t size, int64_t now_us)
{
    (void)now_us; /* the same shape as the other */
    return protect_and_send(link, packet, size) < 0 ? -1 : 0;
}

int32_t vh_link_send_numbered(vh_link *link, uint8_t *packet, uint32_t size, int64_t now_us)
{
    uint16_t number = link->next_number;
    packet[NUMBER_SLOT_OFFSET] = (uint8_t)(link->transport_cc_id << 4 | 1);
    write_u16(packet + NUMBER_SLOT_OFFSET + 1, number);
    int length = protect_and_send(link, packet, size);
    if (length < 0) {
        return -1;
    }
    link->next_number++;
    vh_path_sent(&link->path, number, (uint32_t)length, now_us);
    return number;
}

int32_t vh_link_send_rtcp(vh_link *link, const uint8_t *packet, uint32_t size)
{
    uint8_t out[VH_MAX_RTCP_SIZE + SRTP_ROOM];
    int length = (int)size;
    if (!link->session || size > VH_MAX_RTCP_SIZE) {
        return -1;
    }
    memcpy(out, packet, size);
    if (link->protect_rtcp(link->session, out, &length)) {
        link->counters->drops[VH_DROP_SRTP_PROTECT]++;
        return -1;
    }
    send_datagram(link, out, length);
    return 0;
}
