/* The loop: send what is due, take in what came, sleep until something is due.
 *
 * It sleeps by the clock and not on the sockets, so that a packet wakes nobody: the server does not pay for a receiver
 * on its own machine, and many datagrams are taken in at one go. */
#define _GNU_SOURCE
#include "load.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static const int64_t SHORTEST_SLEEP_NS = 200000, LONGEST_SLEEP_NS = 1000000, DRAIN_NS = 50000000;
/* What a stall of the generator delays longer is left out, and counted. */
static const int64_t MOST_LATE_NS = 20000000;
static const int64_t SPREAD_STEP_NS = 7919000; /* a prime, so that clients' reports do not meet */

struct load *load_new(const struct srtp_calls *srtp, uint32_t max_endpoints, uint32_t max_sources,
                      uint32_t max_latencies) {
    struct load *load = calloc(1, sizeof *load);
    load->srtp = *srtp;
    load->epoll = epoll_create1(EPOLL_CLOEXEC);
    load->sample_every = 64;
    load->max_endpoints = max_endpoints;
    load->max_sources = max_sources;
    load->max_latencies = max_latencies;
    load->endpoints = calloc(max_endpoints, sizeof *load->endpoints);
    load->sources = calloc(max_sources, sizeof *load->sources);
    load->latency_ns = calloc(max_latencies + 1, sizeof *load->latency_ns);
    prctl(PR_SET_TIMERSLACK, 1000);
    return load;
}

void load_free(struct load *load) {
    close(load->epoll);
    free(load->endpoints);
    free(load->sources);
    free(load->latency_ns);
    free(load);
}

/* The socket's number in this load, or -1: too many, or a socket that cannot be used. `check` may be NULL. */
int load_add_endpoint(struct load *load, int descriptor, uint32_t ip, uint16_t port, void *inbound, void *outbound,
                      const uint8_t *check, uint32_t check_bytes, uint8_t transport_cc_id, const uint8_t *is_media) {
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(ip)};
    int number = (int)load->endpoints_size, on = 1;
    if (load->endpoints_size == load->max_endpoints || check_bytes > MAX_CHECK_BYTES)
        return -1;
    struct endpoint *endpoint = &load->endpoints[number];
    endpoint->descriptor = descriptor;
    endpoint->inbound = inbound;
    endpoint->outbound = outbound;
    endpoint->bare = !check;
    endpoint->check_bytes = check_bytes;
    if (check)
        memcpy(endpoint->check, check, check_bytes);
    endpoint->transport_cc_id = transport_cc_id;
    memcpy(endpoint->is_media, is_media, sizeof endpoint->is_media);
    int64_t spread_ns = monotonic_ns() + number * SPREAD_STEP_NS % 1000000000;
    endpoint->check_due_ns = endpoint->report_due_ns = endpoint->feedback_due_ns = spread_ns;
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = (uint32_t)number};
    if (connect(descriptor, (struct sockaddr *)&server, sizeof server) ||
        setsockopt(descriptor, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on) ||
        epoll_ctl(load->epoll, EPOLL_CTL_ADD, descriptor, &event))
        return -1;
    return (int)load->endpoints_size++;
}

/* Publishers begin at moments of their own: `phase` of a burst's interval, 0 to 1. 0 if there is room, else -1. */
int load_add_source(struct load *load, const struct source_settings *settings, double phase) {
    if (load->sources_size == load->max_sources)
        return -1;
    struct source *source = &load->sources[load->sources_size++];
    source->set = *settings;
    source->started_ns = monotonic_ns();
    source->due_ns = source->started_ns + (int64_t)(phase * (double)settings->burst_interval_ns);
    source->sequence = (uint16_t)(settings->ssrc & 0x7FFF);
    return 0;
}

void send_datagram(struct load *load, struct endpoint *endpoint, const void *data, int size) {
    if (send(endpoint->descriptor, data, (size_t)size, MSG_DONTWAIT) < 0)
        load->counts.send_failed++;
}

static void source_send(struct load *load, struct source *source, int64_t now_ns) {
    struct endpoint *endpoint = &load->endpoints[source->set.endpoint];
    uint8_t packet[DATAGRAM_BYTES];
    for (uint32_t i = 0; i < source->set.burst; i++) {
        int size = packet_write(source, endpoint, now_ns, packet);
        if (load->srtp.protect(endpoint->outbound, packet, &size))
            continue;
        send_datagram(load, endpoint, packet, size);
        load->counts.sent++;
        load->counts.expected += source->set.fan_out;
    }
}

/* When the next is due. */
static int64_t sources_send(struct load *load, int64_t now_ns) {
    int64_t next_ns = now_ns + LONGEST_SLEEP_NS;
    for (uint32_t i = 0; i < load->sources_size; i++) {
        struct source *source = &load->sources[i];
        if (now_ns - source->due_ns > MOST_LATE_NS) {
            int64_t missed = (now_ns - source->due_ns) / source->set.burst_interval_ns;
            load->counts.skipped += (uint64_t)missed * source->set.burst;
            source->due_ns += missed * source->set.burst_interval_ns;
        }
        while (source->due_ns <= now_ns) {
            source_send(load, source, now_ns);
            source->due_ns += source->set.burst_interval_ns;
        }
        if (source->due_ns < next_ns)
            next_ns = source->due_ns;
    }
    return next_ns;
}

static void sleep_until(int64_t at_ns, int64_t now_ns) {
    if (at_ns < now_ns + SHORTEST_SLEEP_NS)
        at_ns = now_ns + SHORTEST_SLEEP_NS;
    struct timespec at = {at_ns / 1000000000, at_ns % 1000000000};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL) == EINTR)
        ;
}

static void resume(struct load *load, int64_t now_ns) {
    for (uint32_t i = 0; i < load->sources_size; i++) {
        struct source *source = &load->sources[i];
        int64_t interval_ns = source->set.burst_interval_ns;
        if (source->due_ns < now_ns)
            source->due_ns += ((now_ns - source->due_ns) / interval_ns + 1) * interval_ns;
    }
}

/* Send for so long. `first`: begin anew after a pause; `last`: wait for what is under way. */
void load_run(struct load *load, int64_t duration_ns, int first, int last) {
    int64_t now_ns = monotonic_ns(), end_ns = now_ns + duration_ns;
    if (first) {
        receive_all(load);
        memset(&load->counts, 0, sizeof load->counts);
        resume(load, now_ns);
    }
    while (now_ns < end_ns) {
        int64_t next_ns = sources_send(load, now_ns);
        receive_all(load);
        reports_send(load, now_ns);
        sleep_until(next_ns, now_ns);
        now_ns = monotonic_ns();
    }
    for (end_ns = now_ns + DRAIN_NS; last && now_ns < end_ns; now_ns = monotonic_ns()) {
        receive_all(load);
        sleep_until(now_ns + LONGEST_SLEEP_NS, now_ns);
    }
}
