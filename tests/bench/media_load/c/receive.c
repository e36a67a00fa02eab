/* Taking in what the server sent: counted, one of some decrypted and compared, its time of arrival kept for feedback.
 *
 * The kernel stamps each datagram as it arrives, so it does not matter that the sockets are read a little later. */
#define _GNU_SOURCE
#include "load.h"

#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>

enum { BATCH = 32, EVENTS = 256, CONTROL_BYTES = 64 };

static struct stream_in *stream_of(struct endpoint *endpoint, uint32_t ssrc, uint16_t sequence) {
    for (uint32_t i = 0; i < endpoint->streams_size; i++)
        if (endpoint->streams[i].ssrc == ssrc)
            return &endpoint->streams[i];
    if (endpoint->streams_size == MAX_STREAMS_IN)
        return NULL;
    struct stream_in *stream = &endpoint->streams[endpoint->streams_size++];
    memset(stream, 0, sizeof *stream);
    stream->ssrc = ssrc;
    stream->first = stream->highest = stream->reported_highest = sequence;
    return stream;
}

static void arrival_record(struct endpoint *endpoint, const uint8_t *data, int size, int64_t unix_ns) {
    int id = endpoint->transport_cc_id;
    if (!id || !(data[0] & 0x10) || size < 16 || get16(data + 12) != 0xBEDE)
        return;
    int end = 16 + 4 * get16(data + 14);
    for (int at = 16; at + 2 < end && end <= size;) {
        int length = (data[at] & 15) + 1;
        if (data[at] >> 4 == id && length == 2) {
            if (endpoint->arrivals_size < MAX_ARRIVALS)
                endpoint->arrivals[endpoint->arrivals_size++] = (struct arrival){get16(data + at + 1), unix_ns};
            return;
        }
        at += data[at] ? 1 + length : 1;
    }
}

static void sample(struct load *load, struct endpoint *endpoint, uint8_t *data, int size, int64_t unix_ns) {
    bool good = !load->srtp.unprotect(endpoint->inbound, data, &size) && size > TRAILER_BYTES &&
                !memcmp(data + size - 8, MAGIC, sizeof MAGIC);
    load->counts.samples_good += good;
    load->counts.samples_bad += !good;
    if (!good || load->counts.latencies >= load->max_latencies)
        return;
    int64_t sent_ns;
    memcpy(&sent_ns, data + size - TRAILER_BYTES, sizeof sent_ns);
    int64_t late_ns = unix_ns - sent_ns;
    load->latency_ns[load->counts.latencies++] = late_ns > INT32_MAX ? INT32_MAX : (int32_t)late_ns;
}

static void rtp_receive(struct load *load, struct endpoint *endpoint, uint8_t *data, int size, int64_t unix_ns) {
    arrival_record(endpoint, data, size, unix_ns);
    if (!endpoint->is_media[data[1] & 0x7F]) {
        load->counts.other_rtp++;
        return;
    }
    struct stream_in *stream = stream_of(endpoint, get32(data + 8), get16(data + 2));
    load->counts.received++;
    if (!stream)
        return;
    int16_t ahead = (int16_t)(get16(data + 2) - (uint16_t)stream->highest);
    if (ahead > 0)
        stream->highest += (uint32_t)ahead;
    if (stream->packets++ % load->sample_every == 0)
        sample(load, endpoint, data, size, unix_ns);
}

static int64_t arrived_at(struct msghdr *message) {
    for (struct cmsghdr *each = CMSG_FIRSTHDR(message); each; each = CMSG_NXTHDR(message, each))
        if (each->cmsg_level == SOL_SOCKET && each->cmsg_type == SO_TIMESTAMPNS) {
            struct timespec at;
            memcpy(&at, CMSG_DATA(each), sizeof at);
            return (int64_t)at.tv_sec * 1000000000 + at.tv_nsec;
        }
    return unix_now_ns();
}

static void datagram_receive(struct load *load, struct endpoint *endpoint, struct mmsghdr *message) {
    uint8_t *data = message->msg_hdr.msg_iov->iov_base;
    int size = (int)message->msg_len;
    if (size < 12 || data[0] < 128 || data[0] > 191)
        return; /* answers to ICE checks */
    if (data[1] >= 192 && data[1] <= 223)
        report_receive(load, endpoint, data, size);
    else
        rtp_receive(load, endpoint, data, size, arrived_at(&message->msg_hdr));
}

static void socket_receive(struct load *load, struct endpoint *endpoint) {
    static uint8_t data[BATCH][DATAGRAM_BYTES], control[BATCH][CONTROL_BYTES];
    struct mmsghdr messages[BATCH];
    struct iovec vectors[BATCH];
    for (int i = 0; i < BATCH; i++) {
        vectors[i] = (struct iovec){data[i], DATAGRAM_BYTES};
        messages[i].msg_hdr = (struct msghdr){.msg_iov = &vectors[i], .msg_iovlen = 1,
                                              .msg_control = control[i], .msg_controllen = CONTROL_BYTES};
    }
    int count = recvmmsg(endpoint->descriptor, messages, BATCH, MSG_DONTWAIT, NULL);
    for (int i = 0; i < count; i++)
        datagram_receive(load, endpoint, &messages[i]);
}

void receive_all(struct load *load) {
    struct epoll_event events[EVENTS];
    int count = epoll_wait(load->epoll, events, EVENTS, 0);
    for (int i = 0; i < count; i++)
        socket_receive(load, &load->endpoints[events[i].data.u32]);
}
