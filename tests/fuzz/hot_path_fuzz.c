/* Drives the compiled hot path with mutated datagrams, under the sanitizers: hot_path_fuzz <seed> <seconds>.

   SRTP is stood in for by functions that take whatever comes, so that every byte behind them is hostile. */
#include <arpa/inet.h>
#include <assert.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "engine.h"
#include "wire.h"

enum { ROUTES = 2, STREAMS = 3, MAX_SINKS = 4, TAG = 16, RTCP_TAG = 20, FEEDBACK_SSRC = 7, NUMBER_ID = 3, LEVEL_ID = 4 };

static uint64_t state;
static uint64_t feedback_taken;

static uint32_t dice(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 16);
}

static int accept_any(void *session, void *packet, int *length)
{
    (void)session;
    (void)packet;
    if (*length < 12 + TAG || dice() % 16 == 0) {
        return (int)(7 + dice() % 5);
    }
    *length -= TAG;
    return 0;
}

static int accept_any_rtcp(void *session, void *packet, int *length)
{
    (void)session;
    (void)packet;
    if (dice() % 16 == 0) {
        return (int)(7 + dice() % 5);
    }
    *length -= RTCP_TAG;
    return 0;
}

static int add_tag(void *session, void *packet, int *length)
{
    (void)session;
    if (dice() % 64 == 0) {
        return 1;
    }
    memset((uint8_t *)packet + *length, 0xAA, 148); /* libsrtp may use so much */
    *length += TAG;
    return 0;
}

typedef struct {
    vh_engine *engine;
    uint8_t buffer[VH_BUFFER_SIZE];
    int server;
    int client;
    struct sockaddr_in address;
    vh_route *routes[ROUTES];
    vh_stream *streams[ROUTES][STREAMS];
    vh_reception reception[ROUTES][STREAMS];
    vh_link *links[MAX_SINKS];
    uint64_t handed_over;
} scene;

static int open_socket(struct sockaddr_in *address)
{
    int opened = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in any = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof any;
    assert(opened >= 0 && bind(opened, (struct sockaddr *)&any, sizeof any) == 0);
    assert(getsockname(opened, (struct sockaddr *)address, &length) == 0);
    fcntl(opened, F_SETFL, O_NONBLOCK);
    return opened;
}

static void plan_sinks(scene *all, vh_stream *stream)
{
    uint32_t count = dice() % (MAX_SINKS + 1);
    assert(vh_stream_set_sinks(stream, count));
    for (uint32_t index = 0; index < count; index++) {
        vh_sink *sink = &stream->sinks[index];
        sink->link = all->links[index];
        sink->ssrc = dice();
        sink->timestamp_offset = dice();
        sink->sequence_shift = (uint16_t)dice();
        sink->payload_type = 100;
        sink->numbered = dice() % 2;
        sink->remembers = dice() % 2;
        sink->picture_id_shift = dice() % 2 ? dice() % 0x8000 : 0;
        sink->tl0picidx_shift = dice() % 2 ? dice() % 0x100 : 0;
    }
}

static void make_streams(scene *all, int route)
{
    for (int index = 0; index < STREAMS; index++) {
        vh_stream *stream = vh_stream_new();
        assert(stream);
        vh_reception_start(&all->reception[route][index], index ? 90000 : 48000);
        stream->ssrc = (uint32_t)(1000 * route + index);
        stream->payload_type = 96;
        stream->level_head = index ? 0 : LEVEL_ID << 4;
        stream->next_seq = (uint16_t)dice();
        stream->extensions.transport_cc_id = NUMBER_ID;
        for (int id = 0; id < 256; id++) {
            stream->extensions.kept_ids[id] = dice() % 3 ? 0 : (uint8_t)(1 + dice() % 14);
        }
        stream->reception = &all->reception[route][index];
        stream->history = vh_history_new(1u << dice() % 9, dice() % 40000);
        assert(stream->history);
        plan_sinks(all, stream);
        assert(vh_route_attach(all->routes[route], stream));
        all->streams[route][index] = stream;
    }
}

static void begin(scene *all)
{
    struct sockaddr_in from;
    memset(all, 0, sizeof *all);
    all->engine = vh_engine_new(dice());
    assert(all->engine);
    all->engine->buffer = all->buffer;
    all->server = open_socket(&all->address);
    all->client = open_socket(&from);
    for (int index = 0; index < MAX_SINKS; index++) {
        vh_link *link = all->links[index] = vh_link_new();
        assert(link);
        link->session = index ? link : NULL;
        link->protect = add_tag;
        link->counters = &all->engine->counters;
        link->transport_cc_id = NUMBER_ID;
        vh_path_start(&link->path, 100);
        assert(vh_link_set_address(link, all->server, (const uint8_t *)&from.sin_addr, 4, ntohs(from.sin_port), 0));
    }
    for (int route = 0; route < ROUTES; route++) {
        all->routes[route] = vh_route_new();
        assert(all->routes[route]);
        all->routes[route]->id = route;
        all->routes[route]->session = all;
        all->routes[route]->unprotect = accept_any;
        all->routes[route]->unprotect_rtcp = accept_any_rtcp;
        all->routes[route]->feedback_ssrc = FEEDBACK_SSRC;
        all->routes[route]->path = &all->links[1]->path;
        all->routes[route]->arrivals = vh_arrivals_new();
        make_streams(all, route);
    }
    const uint8_t *ip = (const uint8_t *)&from.sin_addr;
    assert(vh_engine_add_address(all->engine, ip, 4, ntohs(from.sin_port), 0, all->routes[0]));
}

/* A packet that a plan may cover, of a random layout; its size. */
static uint32_t make_packet(const vh_stream *stream, uint8_t *packet)
{
    uint32_t at = 12;
    for (uint32_t index = 0; index < VH_BUFFER_SIZE; index++) {
        packet[index] = (uint8_t)dice();
    }
    packet[0] = dice() % 8 ? 0x90 : 0x80;
    packet[1] = (uint8_t)(96 | (dice() % 2 ? 0x80 : 0));
    write_u16(packet + 2, stream->next_seq);
    write_u32(packet + 8, stream->ssrc);
    if (packet[0] == 0x90) {
        uint32_t words = dice() % 6 ? dice() % 8 : dice() % 400;
        write_u16(packet + 12, dice() % 3 ? 0xBEDE : 0x1000);
        write_u16(packet + 14, (uint16_t)words);
        at = 16 + 4 * words;
    }
    /* Few bytes behind the header, or up to the largest datagram and beyond. */
    uint32_t payload = dice() % 3 ? dice() % 24 : dice() % 1500;
    return at + payload + TAG > VH_BUFFER_SIZE ? VH_BUFFER_SIZE : at + payload + TAG;
}

static void mutate(uint8_t *packet, uint32_t size)
{
    for (uint32_t count = dice() % 4; count; count--) {
        packet[dice() % size] = (uint8_t)dice();
    }
}

static void send_one(scene *all)
{
    uint8_t packet[VH_BUFFER_SIZE];
    const vh_stream *stream = all->streams[0][dice() % STREAMS];
    uint32_t size = make_packet(stream, packet);
    if (dice() % 2) {
        mutate(packet, size);
    }
    if (dice() % 16 == 0) {
        size = dice() % size;
    }
    sendto(all->client, packet, size, 0, (struct sockaddr *)&all->address, sizeof all->address);
}

/* Packets in order, most of one size. */
static void send_picture(scene *all)
{
    uint8_t packet[VH_BUFFER_SIZE];
    const vh_stream *stream = all->streams[0][dice() % STREAMS];
    uint32_t most = dice() % 8 ? 300 : 1500, size = 12 + TAG + dice() % (most - 12 - TAG);
    for (uint32_t index = 0, count = 1 + dice() % 40; index < count; index++) {
        make_packet(stream, packet);
        packet[0] = 0x80;
        write_u16(packet + 2, (uint16_t)(stream->next_seq + index));
        sendto(all->client, packet, size - (dice() % 8 == 0), 0, (struct sockaddr *)&all->address, sizeof all->address);
    }
}

/* Feedback of what was sent lately, or of anything: any chunks and deltas. */
static void send_feedback(scene *all)
{
    uint8_t packet[VH_BUFFER_SIZE];
    uint32_t words = 4 + dice() % (dice() % 8 ? 40 : 360), size = 4 + 4 * words + RTCP_TAG;
    for (uint32_t index = 0; index < size; index++) {
        packet[index] = dice() % 3 ? (uint8_t)dice() : (uint8_t)(dice() % 4);
    }
    packet[0] = dice() % 4 ? 0x8F : 0xAF;
    packet[1] = 205;
    write_u16(packet + 2, (uint16_t)words);
    write_u32(packet + 4, FEEDBACK_SSRC);
    if (dice() % 8) {
        uint32_t status_count = dice() % 200;
        write_u16(packet + 12, (uint16_t)(all->links[1]->path.next_number - dice() % 200));
        write_u16(packet + 14, (uint16_t)status_count);
        write_u16(packet + 20, (uint16_t)(dice() % 2 ? 1u << 13 | status_count : 0xC000 | dice()));
    }
    if (dice() % 16 == 0) {
        mutate(packet, size);
    }
    sendto(all->client, packet, size, 0, (struct sockaddr *)&all->address, sizeof all->address);
}

/* As Python does every 100 ms. */
static void take_news(vh_path *path)
{
    assert(path->bursts.count <= VH_MAX_GROUPS && path->packet_count <= VH_MAX_KEPT_PACKETS);
    if (dice() % 8 == 0) {
        vh_news news;
        vh_path_take(path, &news);
        assert(news.lost >= 0 && news.acknowledged_bps >= 0 && news.packet_count <= VH_MAX_KEPT_PACKETS);
        feedback_taken += (uint64_t)news.acknowledged;
        path->keeps_packets = dice() % 2;
    }
}

/* What Python does in between: takes streams back, makes other plans, reads what is kept. */
static void interfere(scene *all)
{
    int route = (int)(dice() % ROUTES);
    vh_stream *stream = all->streams[route][dice() % STREAMS];
    uint8_t out[VH_MAX_FEEDBACK];
    vh_route_detach(all->routes[route], stream);
    plan_sinks(all, stream);
    if (dice() % 4 == 0) {
        stream->next_seq = (uint16_t)dice();
    }
    assert(vh_route_attach(all->routes[route], stream));
    const vh_slot *slot = vh_history_find(stream->history, (uint16_t)(stream->next_seq - dice() % 300));
    if (slot) {
        assert(vh_history_read(stream->history, slot, out, sizeof out) == slot->size);
    }
    assert(stream->history->bytes <= stream->history->max_bytes + VH_MAX_PACKET);
    vh_arrivals_take(all->routes[route]->arrivals);
    while (vh_arrivals_feedback(all->routes[route]->arrivals, 1, 2, out)) {
    }
}

/* Addresses come and go; what was added is found, what was removed is not. */
static void exercise_addresses(scene *all)
{
    uint8_t ip[16] = {0};
    uint32_t length = dice() % 2 ? 4 : 16;
    ip[0] = 10;
    ip[length - 1] = (uint8_t)(dice() % 8);
    uint16_t port = (uint16_t)(dice() % 64);
    if (dice() % 2) {
        assert(vh_engine_add_address(all->engine, ip, length, port, 0, all->routes[1]));
    } else {
        vh_engine_remove_address(all->engine, ip, length, port, 0);
    }
}

static void step(scene *all)
{
    int limit = 64;
    for (uint32_t count = 1 + dice() % 8; count; count--) {
        send_one(all);
    }
    if (dice() % 4 == 0) {
        send_feedback(all);
    }
    if (dice() % 4 == 0) {
        send_picture(all);
    }
    while (vh_engine_run(all->engine, all->server, &limit) != VH_DONE) {
        all->handed_over++;
        assert(vh_event_address(&all->engine->event) == 4);
    }
    uint8_t sent[VH_BUFFER_SIZE];
    while (recv(all->client, sent, sizeof sent, 0) > 0) {
        assert(sent[0] >> 6 == 2);
    }
    take_news(&all->links[1]->path);
    interfere(all);
    exercise_addresses(all);
}

static void end(scene *all)
{
    for (int route = 0; route < ROUTES; route++) {
        for (int index = 0; index < STREAMS; index++) {
            vh_history_free(all->streams[route][index]->history);
            vh_stream_free(all->streams[route][index]);
        }
        vh_arrivals_free(all->routes[route]->arrivals);
        vh_route_free(all->routes[route]);
    }
    for (int index = 0; index < MAX_SINKS; index++) {
        vh_link_free(all->links[index]);
    }
    vh_engine_free(all->engine);
    close(all->server);
    close(all->client);
}

int main(int count, char **arguments)
{
    static scene all;
    if (count != 3) {
        return 2;
    }
    state = strtoull(arguments[1], NULL, 10) * 2654435761u + 88172645463325252ull;
    time_t until = time(NULL) + atoi(arguments[2]);
    uint64_t steps = 0;
    begin(&all);
    while (steps < 1000 || time(NULL) < until) {
        step(&all);
        steps++;
    }
    vh_counters counted = all.engine->counters;
    printf("%llu taken, %llu handed over, %llu sent\n", (unsigned long long)counted.packets_received,
           (unsigned long long)all.handed_over, (unsigned long long)counted.packets_sent);
    int worked = counted.packets_received > 100 && all.handed_over > 100 && counted.packets_sent > 100 && feedback_taken > 100;
    end(&all);
    return worked ? 0 : 1;
}
