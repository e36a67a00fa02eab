/* RTCP as browsers send it: sender and receiver reports every second, feedback every 100 ms, consent every 2.5 s. */
#include "load.h"

#include <string.h>

enum { SR = 200, RR = 201, SDES = 202, RTPFB = 205, PSFB = 206, NACK = 1, PLI = 1, FIR = 4, TRANSPORT_CC = 15 };
enum { MAX_BLOCKS = 31 };
static const int64_t LOOK_NS = 5000000, REPORT_NS = 1000000000, FEEDBACK_NS = 100000000, CHECK_NS = 2500000000;
static const uint64_t NTP_OFFSET_S = 2208988800u;
static const uint32_t OWN_SSRC = 1;

static void send_rtcp(struct load *load, struct endpoint *endpoint, uint8_t *data, int size) {
    if (!load->srtp.protect_rtcp(endpoint->outbound, data, &size))
        send_datagram(load, endpoint, data, size);
}

static void sender_report_send(struct load *load, struct source *source, struct endpoint *endpoint) {
    static const uint8_t name[] = {1, 5, 'b', 'e', 'n', 'c', 'h', 0};
    uint8_t out[128];
    int64_t unix_ns = unix_now_ns();
    out[0] = 0x80, out[1] = SR;
    put16(out + 2, 6);
    put32(out + 4, source->set.ssrc);
    put32(out + 8, (uint32_t)(unix_ns / 1000000000 + NTP_OFFSET_S));
    put32(out + 12, (uint32_t)(((uint64_t)(unix_ns % 1000000000) << 32) / 1000000000));
    put32(out + 16, source->timestamp);
    put32(out + 20, source->packets);
    put32(out + 24, source->octets);
    out[28] = 0x81, out[29] = SDES;
    put16(out + 30, 3);
    put32(out + 32, source->set.ssrc);
    memcpy(out + 36, name, sizeof name);
    send_rtcp(load, endpoint, out, 44);
}

static void block_write(struct stream_in *stream, int64_t now_ns, uint8_t *out) {
    uint32_t expected = stream->highest - stream->reported_highest;
    uint32_t got = stream->packets - stream->reported_packets;
    uint32_t fraction = expected > got ? (expected - got) * 256 / expected : 0;
    int64_t lost = (int64_t)(stream->highest - stream->first + 1) - stream->packets;
    put32(out, stream->ssrc);
    put32(out + 4, (fraction > 255 ? 255 : fraction) << 24 | (uint32_t)((lost > 0 ? lost : 0) & 0x7FFFFF));
    put32(out + 8, stream->highest);
    put32(out + 12, 0); /* jitter: none on loopback */
    put32(out + 16, stream->last_sr);
    put32(out + 20, stream->last_sr ? (uint32_t)((now_ns - stream->last_sr_ns) * 65536 / 1000000000) : 0);
    stream->reported_highest = stream->highest;
    stream->reported_packets = stream->packets;
}

static void receiver_report_send(struct load *load, struct endpoint *endpoint, int64_t now_ns) {
    uint8_t out[DATAGRAM_BYTES];
    uint32_t blocks = endpoint->streams_size < MAX_BLOCKS ? endpoint->streams_size : MAX_BLOCKS;
    out[0] = 0x80 | blocks, out[1] = RR;
    put16(out + 2, (uint16_t)(1 + 6 * blocks));
    put32(out + 4, OWN_SSRC);
    for (uint32_t i = 0; i < blocks; i++)
        block_write(&endpoint->streams[i], now_ns, out + 8 + 24 * i);
    send_rtcp(load, endpoint, out, (int)(8 + 24 * blocks));
}

static bool is_due(int64_t *due_ns, int64_t now_ns, int64_t interval_ns) {
    if (now_ns < *due_ns)
        return false;
    *due_ns += interval_ns;
    if (*due_ns < now_ns)
        *due_ns = now_ns + interval_ns;
    return true;
}

static void endpoint_reports(struct load *load, struct endpoint *endpoint, int64_t now_ns) {
    uint8_t out[DATAGRAM_BYTES + 512];
    if (is_due(&endpoint->check_due_ns, now_ns, CHECK_NS))
        send_datagram(load, endpoint, endpoint->check, (int)endpoint->check_bytes);
    if (is_due(&endpoint->feedback_due_ns, now_ns, FEEDBACK_NS)) {
        int size = feedback_write(endpoint, out);
        if (size)
            send_rtcp(load, endpoint, out, size);
        load->counts.feedback_sent += size > 0;
    }
    if (!is_due(&endpoint->report_due_ns, now_ns, REPORT_NS))
        return;
    if (endpoint->streams_size)
        receiver_report_send(load, endpoint, now_ns);
    for (uint32_t i = 0; i < load->sources_size; i++)
        if (&load->endpoints[load->sources[i].set.endpoint] == endpoint)
            sender_report_send(load, &load->sources[i], endpoint);
}

void reports_send(struct load *load, int64_t now_ns) {
    if (now_ns < load->reports_due_ns)
        return;
    load->reports_due_ns = now_ns + LOOK_NS;
    for (uint32_t i = 0; i < load->endpoints_size; i++)
        if (!load->endpoints[i].bare)
            endpoint_reports(load, &load->endpoints[i], now_ns);
}

static void keyframe_wanted(struct load *load, uint32_t ssrc) {
    load->counts.keyframe_requests++;
    for (uint32_t i = 0; i < load->sources_size; i++)
        if (load->sources[i].set.ssrc == ssrc)
            load->sources[i].keyframe_wanted = true;
}

static void sender_report_receive(struct endpoint *endpoint, const uint8_t *part) {
    for (uint32_t i = 0; i < endpoint->streams_size; i++)
        if (endpoint->streams[i].ssrc == get32(part + 4)) {
            endpoint->streams[i].last_sr = get32(part + 10);
            endpoint->streams[i].last_sr_ns = monotonic_ns();
        }
}

static void part_receive(struct load *load, struct endpoint *endpoint, const uint8_t *part, int size) {
    int format = part[0] & 0x1F, kind = part[1];
    if (kind == SR && size >= 28)
        sender_report_receive(endpoint, part);
    else if (kind == RTPFB && format == TRANSPORT_CC)
        load->counts.transport_feedback++;
    else if (kind == RTPFB && format == NACK)
        for (int at = 12; at + 4 <= size; at += 4)
            load->counts.nacked += 1 + (uint64_t)__builtin_popcount(get16(part + at + 2));
    else if (kind == PSFB && format == PLI && size >= 12)
        keyframe_wanted(load, get32(part + 8));
    else if (kind == PSFB && format == FIR)
        for (int at = 12; at + 8 <= size; at += 8)
            keyframe_wanted(load, get32(part + at));
}

void report_receive(struct load *load, struct endpoint *endpoint, uint8_t *data, int size) {
    if (endpoint->bare || load->srtp.unprotect_rtcp(endpoint->inbound, data, &size))
        return;
    for (int at = 0; at + 4 <= size;) {
        int part_size = 4 + 4 * get16(data + at + 2);
        if (at + part_size > size)
            return;
        part_receive(load, endpoint, data + at, part_size);
        at += part_size;
    }
}
