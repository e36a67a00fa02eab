#include "link.h"

#include <errno.h>
#include <netinet/udp.h>
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
    link->sends_alone = 0;
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

/* All in one call (udp(7), UDP_SEGMENT); 0 if the kernel takes them one by one only. */
static int send_together(vh_link *link, const uint8_t *packets, uint32_t size, uint16_t packet_size)
{
    union {
        struct cmsghdr head;
        uint8_t room[CMSG_SPACE(sizeof packet_size)];
    } control = {0};
    struct iovec all = {(void *)packets, size};
    struct msghdr message = {.msg_name = &link->address, .msg_namelen = link->address_length, .msg_iov = &all,
                             .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control.room};
    control.head.cmsg_level = IPPROTO_UDP;
    control.head.cmsg_type = UDP_SEGMENT;
    control.head.cmsg_len = CMSG_LEN(sizeof packet_size);
    memcpy(CMSG_DATA(&control.head), &packet_size, sizeof packet_size);
    if (sendmsg(link->socket, &message, 0) >= 0) {
        return 1;
    }
    if (errno == EAGAIN || errno == EWOULDBLOCK) {
        link->counters->drops[VH_DROP_SEND_BUFFER_FULL] += (size + packet_size - 1) / packet_size;
        return 1;
    }
    link->sends_alone = 1; /* no offload in its device, a path too narrow: until its address is another */
    return 0;
}

void vh_link_send_datagrams(vh_link *link, const uint8_t *packets, uint32_t size, uint32_t packet_size)
{
    if (size > packet_size && !link->sends_alone && send_together(link, packets, size, (uint16_t)packet_size)) {
        return;
    }
    for (uint32_t at = 0; at < size; at += packet_size) {
        send_datagram(link, packets + at, (int)(size - at < packet_size ? size - at : packet_size));
    }
}

int32_t vh_link_protect(vh_link *link, int numbered, uint8_t *packet, uint32_t size, int64_t now_us)
{
    int length = (int)size;
    if (!link->session) {
        return -1;
    }
    if (numbered) {
        packet[NUMBER_SLOT_OFFSET] = (uint8_t)(link->transport_cc_id << 4 | 1);
        write_u16(packet + NUMBER_SLOT_OFFSET + 1, link->next_number);
    }
    if (link->protect(link->session, packet, &length)) {
        link->counters->drops[VH_DROP_SRTP_PROTECT]++;
        return -1;
    }
    link->counters->packets_sent++;
    link->counters->bytes_sent += (uint64_t)length;
    if (numbered) {
        vh_path_sent(&link->path, link->next_number++, (uint32_t)length, now_us);
    }
    return length;
}

int32_t vh_link_send(vh_link *link, uint8_t *packet, uint32_t size, int64_t now_us)
{
    int length = vh_link_protect(link, 0, packet, size, now_us);
    if (length >= 0) {
        send_datagram(link, packet, length);
    }
    return length < 0 ? -1 : 0;
}

int32_t vh_link_send_numbered(vh_link *link, uint8_t *packet, uint32_t size, int64_t now_us)
{
    uint16_t number = link->next_number;
    int length = vh_link_protect(link, 1, packet, size, now_us);
    if (length >= 0) {
        send_datagram(link, packet, length);
    }
    return length < 0 ? -1 : number;
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
