/* The load generator's fast side: what is sent, what is counted, and the loop between them.
 *
 * Python opens the transports (signalling, ICE, DTLS) and hands each socket and SRTP session over; from then on packets
 * are made, encrypted, sent and counted here, so that one core can load a server that has another core to itself.
 * Not made for several threads. Times are nanoseconds; `now_ns` is monotonic, `unix_ns` is the wall clock.
 */
#ifndef LOAD_H
#define LOAD_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DATAGRAM_BYTES = 2048, MAX_STREAMS_IN = 64, MAX_ARRIVALS = 1024, MAX_CHECK_BYTES = 256 };

/* libsrtp by function pointers: the library of the Python package, so that every side encrypts with the same code. */
typedef int srtp_call(void *session, void *packet, int *size);

struct srtp_calls {
    srtp_call *protect, *unprotect, *protect_rtcp, *unprotect_rtcp;
};

/* One stream that a publisher sends. Extension ids are 0 where the extension is not sent. */
struct source_settings {
    int32_t endpoint;
    uint32_t ssrc;
    uint32_t fan_out;           /* how many receivers are to get each packet */
    uint32_t packet_bytes;      /* mean size, RTP header included */
    uint32_t packet_bytes_spread;
    uint32_t packets_per_frame;
    uint32_t burst;             /* packets sent back to back */
    uint32_t frame_ticks;       /* RTP clock ticks from frame to frame */
    int64_t burst_interval_ns;
    uint8_t payload_type, is_video, abs_send_time_id, transport_cc_id, mid_id, rid_id, audio_level_id, mid, rid;
};

struct source {
    struct source_settings set;
    int64_t due_ns, started_ns;
    uint32_t packets, octets, frame, place, timestamp;
    uint16_t sequence;
    bool keyframe, keyframe_wanted;
};

/* What a receiver knows of one stream that comes in (RFC 3550 section 6.4.1). */
struct stream_in {
    uint32_t ssrc, packets, highest, first, reported_packets, reported_highest, last_sr;
    int64_t last_sr_ns;
};

struct arrival {
    uint16_t sequence;
    int64_t unix_ns;
};

/* One transport of one client. */
struct endpoint {
    int descriptor;
    void *inbound, *outbound;
    uint8_t check[MAX_CHECK_BYTES]; /* an ICE check ready to send; consent by RFC 7675 */
    uint32_t check_bytes;
    bool bare;                      /* no ICE and no RTCP: the bare loop */
    uint8_t transport_cc_id;        /* of what comes in */
    uint8_t is_media[128];          /* by payload type: counted; others are retransmissions and padding */
    uint16_t transport_sequence;
    uint8_t feedback_count;
    uint32_t arrivals_size, streams_size;
    struct arrival arrivals[MAX_ARRIVALS];
    struct stream_in streams[MAX_STREAMS_IN];
    int64_t check_due_ns, report_due_ns, feedback_due_ns;
};

struct counts {
    uint64_t sent, expected, skipped, received, other_rtp, samples_good, samples_bad;
    uint64_t transport_feedback, feedback_sent, nacked, keyframe_requests, send_failed, latencies;
};

struct load {
    struct srtp_calls srtp;
    int epoll;
    uint32_t sample_every, endpoints_size, sources_size, max_endpoints, max_sources, max_latencies;
    struct endpoint *endpoints;
    struct source *sources;
    int32_t *latency_ns;            /* of sampled packets of this run */
    struct counts counts;
    int64_t reports_due_ns;
};

int64_t monotonic_ns(void);
int64_t unix_now_ns(void);
void put16(uint8_t *at, uint16_t value);
void put32(uint8_t *at, uint32_t value);
uint16_t get16(const uint8_t *at);
uint32_t get32(const uint8_t *at);

/* packet.c: the next packet of a source, unprotected; its size. */
int packet_write(struct source *source, struct endpoint *endpoint, int64_t now_ns, uint8_t *out);
extern const uint8_t MAGIC[8];
enum { TRAILER_BYTES = 16 };        /* wall clock at sending, then MAGIC */

/* report.c: RTCP that is due, and RTCP that came. */
void reports_send(struct load *load, int64_t now_ns);
void report_receive(struct load *load, struct endpoint *endpoint, uint8_t *data, int size);

/* feedback.c: transport-wide feedback of what came in since the last; its size, 0 if nothing came. */
int feedback_write(struct endpoint *endpoint, uint8_t *out);

/* receive.c: take in all that waits on the sockets. */
void receive_all(struct load *load);

void send_datagram(struct load *load, struct endpoint *endpoint, const void *data, int size);

#endif
