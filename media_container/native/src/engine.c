#include "engine.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "header.h"
#include "told.h"
#include "wire.h"

/* The first byte of a datagram (RFC 7983). */
enum { LAST_OF_STUN = 3, FIRST_OF_MEDIA = 128, LAST_OF_MEDIA = 191 };
enum { SRTP_AUTHENTICATION = 7, SRTP_REPLAYED = 9, SRTP_TOO_OLD = 10 };

vh_engine *vh_engine_new(uint64_t seed)
{
    vh_engine *engine = calloc(1, sizeof *engine);
    if (engine) {
        engine->addresses.seed = seed;
    }
    return engine;
}

void vh_engine_free(vh_engine *engine)
{
    free(engine);
}

static int64_t now_us(const vh_engine *engine)
{
    if (engine->clock_us) {
        return engine->clock_us;
    }
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void count_refused(vh_counters *counters, int status)
{
    switch (status) {
    case SRTP_AUTHENTICATION:
        counters->drops[VH_DROP_SRTP_AUTHENTICATION]++;
        break;
    case SRTP_REPLAYED:
        counters->drops[VH_DROP_SRTP_REPLAYED]++;
        break;
    case SRTP_TOO_OLD:
        counters->drops[VH_DROP_SRTP_TOO_OLD]++;
        break;
    default:
        counters->drops[VH_DROP_SRTP_ERROR]++;
    }
}

/* Packets wait only for those that come right behind them from the same browser. */
static void begin_packet_of(vh_engine *engine, const vh_route *route)
{
    if (engine->sender != route) {
        vh_outbox_flush(&engine->outbox);
        engine->sender = route;
    }
}

/* Forwards the packet if a plan covers it; 0 if it is for Python. SRTP leaves the header in the clear. */
static int run_plan(vh_engine *engine, vh_route *route, uint32_t size)
{
    uint8_t *packet = engine->buffer;
    vh_stream *stream = vh_route_stream(route, read_u32(packet + 8));
    vh_header header;
    if (!stream || !route->session || !vh_stream_covers(stream, packet, size, &header)) {
        return 0;
    }
    int length = (int)size;
    int status = route->unprotect(route->session, packet, &length);
    if (status) {
        count_refused(&engine->counters, status);
        return 1;
    }
    if (length < (int)header.payload) {
        engine->counters.drops[VH_DROP_SRTP_ERROR]++;
        return 1;
    }
    int64_t arrival_us = now_us(engine);
    begin_packet_of(engine, route);
    engine->media_taken++;
    engine->counters.packets_received++;
    engine->counters.bytes_received += (uint64_t)length;
    if (header.transport_cc >= 0 && route->arrivals) {
        vh_arrivals_record(route->arrivals, (uint16_t)header.transport_cc, arrival_us);
    }
    vh_stream_take(stream, &header, packet, (uint32_t)length, arrival_us, &engine->outbox);
    return 1;
}

static int is_rtcp(const uint8_t *packet)
{
    return 192 <= packet[1] && packet[1] <= 223;
}

/* Matches feedback of a receiver that Python has heard before with what was sent; 0 if it is for Python. */
static int take_feedback(vh_engine *engine, vh_route *route, uint32_t size)
{
    uint8_t *packet = engine->buffer;
    int is_known = route->path && route->session && vh_is_feedback(packet, size) &&
                   read_u32(packet + 4) == route->feedback_ssrc;
    if (!is_known) {
        return 0;
    }
    int length = (int)size;
    int status = route->unprotect_rtcp(route->session, packet, &length);
    vh_told told;
    if (status) {
        count_refused(&engine->counters, status);
        return 1;
    }
    engine->media_taken++;
    if (vh_told_read(packet, (uint32_t)length, &told)) {
        vh_path_feedback(route->path, &told, now_us(engine));
    }
    return 1;
}

/* What the datagram in the buffer is for Python; VH_DONE if nothing is left to do. */
static int take_datagram(vh_engine *engine, uint32_t size)
{
    const uint8_t *packet = engine->buffer;
    engine->event.size = size;
    if (size == 0 || size > VH_MAX_DATAGRAM || packet[0] <= LAST_OF_STUN) {
        return VH_RARE;
    }
    vh_route *route = vh_address_find(&engine->addresses, vh_address_of(&engine->event.from));
    if (!route) {
        if (engine->addresses_overflowed) {
            return VH_RARE;
        }
        engine->counters.drops[VH_DROP_UNKNOWN_ADDRESS]++;
        return VH_DONE;
    }
    if (size < FIXED_LENGTH || packet[0] < FIRST_OF_MEDIA || packet[0] > LAST_OF_MEDIA) {
        return VH_RARE;
    }
    engine->event.route_id = route->id;
    if (is_rtcp(packet)) {
        return take_feedback(engine, route, size) ? VH_DONE : VH_MEDIA;
    }
    return run_plan(engine, route, size) ? VH_DONE : VH_MEDIA;
}

static vh_backlog *backlog_of(vh_engine *engine, int socket)
{
    for (int index = 1; index < engine->socket_count; index++) {
        if (engine->sockets[index] == socket) {
            return &engine->backlogs[index];
        }
    }
    return &engine->backlogs[0];
}

/* Nothing was read; whether it is worth trying again. */
static int try_again(vh_engine *engine, vh_backlog *backlog, int error)
{
    if (error == EAGAIN || error == EWOULDBLOCK) {
        vh_backlog_emptied(backlog, now_us(engine));
    } else if (error != EINTR) {
        engine->counters.drops[VH_DROP_RECEIVE_FAILED]++;
    }
    return error == EINTR;
}

static uint16_t port_of(const struct sockaddr_storage *from)
{
    return ntohs(from->ss_family == AF_INET6 ? ((const struct sockaddr_in6 *)from)->sin6_port
                                             : ((const struct sockaddr_in *)from)->sin_port);
}

/* One datagram into the buffer; its size, or -1 if there is none to see to. What is thrown away is none. */
static ssize_t receive(vh_engine *engine, int socket, vh_backlog *backlog)
{
    for (int shed = 0; shed < VH_MOST_SHED; shed++) {
        socklen_t length = sizeof engine->event.from;
        struct sockaddr *from = (struct sockaddr *)&engine->event.from;
        ssize_t size = recvfrom(socket, engine->buffer, VH_BUFFER_SIZE, MSG_DONTWAIT, from, &length);
        if (size < 0 && !try_again(engine, backlog, errno)) {
            return -1;
        }
        if (size >= 0 && !vh_backlog_drops(backlog, engine->buffer, (uint32_t)size, port_of(&engine->event.from))) {
            return size;
        }
        engine->counters.drops[VH_DROP_OVERLOAD] += size >= 0;
    }
    return -1;
}

static int run(vh_engine *engine, int socket, vh_backlog *backlog, int *limit)
{
    while (*limit > 0 && engine->buffer) {
        ssize_t size = receive(engine, socket, backlog);
        if (size < 0) {
            return VH_DONE;
        }
        --*limit;
        uint64_t taken = engine->media_taken;
        int kind = take_datagram(engine, (uint32_t)size);
        backlog->media_ahead += kind == VH_MEDIA || engine->media_taken != taken ? 1 : -1;
        if (kind != VH_DONE) {
            return kind;
        }
    }
    return VH_DONE;
}

int vh_engine_run(vh_engine *engine, int socket, int *limit)
{
    vh_backlog *backlog = backlog_of(engine, socket);
    vh_backlog_look(backlog, socket, now_us(engine));
    int kind = run(engine, socket, backlog, limit);
    vh_outbox_flush(&engine->outbox);
    return kind;
}

int vh_event_address(vh_event *event)
{
    if (event->from.ss_family == AF_INET) {
        const struct sockaddr_in *v4 = (const struct sockaddr_in *)&event->from;
        event->port = ntohs(v4->sin_port);
        event->flow = event->scope = 0;
        return inet_ntop(AF_INET, &v4->sin_addr, event->ip, sizeof event->ip) ? 4 : 0;
    }
    if (event->from.ss_family == AF_INET6) {
        const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)&event->from;
        event->port = ntohs(v6->sin6_port);
        event->flow = ntohl(v6->sin6_flowinfo);
        event->scope = v6->sin6_scope_id;
        return inet_ntop(AF_INET6, &v6->sin6_addr, event->ip, sizeof event->ip) ? 6 : 0;
    }
    return 0;
}

static vh_address address_from(const uint8_t *ip, uint32_t ip_length, uint16_t port, uint32_t scope)
{
    struct sockaddr_storage from = {0};
    if (ip_length == 4) {
        struct sockaddr_in *v4 = (struct sockaddr_in *)&from;
        v4->sin_family = AF_INET;
        v4->sin_port = htons(port);
        memcpy(&v4->sin_addr, ip, 4);
    } else if (ip_length == 16) {
        struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&from;
        v6->sin6_family = AF_INET6;
        v6->sin6_port = htons(port);
        v6->sin6_scope_id = scope;
        memcpy(&v6->sin6_addr, ip, 16);
    }
    return vh_address_of(&from);
}

int vh_engine_add_address(vh_engine *engine, const uint8_t *ip, uint32_t ip_length, uint16_t port, uint32_t scope,
                          vh_route *route)
{
    int added = vh_address_add(&engine->addresses, address_from(ip, ip_length, port, scope), route);
    engine->addresses_overflowed |= !added;
    return added;
}

void vh_engine_remove_address(vh_engine *engine, const uint8_t *ip, uint32_t ip_length, uint16_t port, uint32_t scope)
{
    vh_address_remove(&engine->addresses, address_from(ip, ip_length, port, scope));
}
