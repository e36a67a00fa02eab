/* The receive loop: what plans cover is forwarded here, all else is handed to Python one by one. */
#ifndef VARDRUM_ENGINE_H
#define VARDRUM_ENGINE_H

#include <stdint.h>

#include "address_table.h"
#include "arrivals.h"
#include "backlog.h"
#include "counters.h"
#include "history.h"
#include "link.h"
#include "outbox.h"
#include "reception.h"
#include "route.h"
#include "stall.h"
#include "stream.h"

/* Raised with every change that Python must know of. */
enum { VH_INTERFACE = 7 };
enum { VH_DONE = 0, VH_MEDIA = 1, VH_RARE = 2 };
enum { VH_MAX_DATAGRAM = 1500, VH_BUFFER_SIZE = 2048, VH_ADDRESS_TEXT = 64, VH_MAX_SOCKETS = 4 };

/* A datagram for Python: VH_MEDIA of `route_id`, or VH_RARE of any address. It lies in the engine's buffer. */
typedef struct {
    uint32_t size;
    int64_t route_id;
    char ip[VH_ADDRESS_TEXT]; /* set by vh_event_address */
    uint16_t port;
    uint32_t flow;
    uint32_t scope;
    struct sockaddr_storage from;
} vh_event;

typedef struct {
    vh_counters counters;
    uint64_t media_taken; /* datagrams that were media or feedback and needed no Python */
    vh_event event;
    int64_t clock_us; /* 0: the machine's monotonic clock */
    int waiting; /* what the datagram is that vh_engine_wait left in the buffer; VH_DONE without one */
    vh_stall stall; /* of the loop that waits by vh_engine_wait */
    int socket_count;
    int sockets[VH_MAX_SOCKETS]; /* that vh_engine_wait reads */
    vh_backlog backlogs[VH_MAX_SOCKETS]; /* of these; the first of any other socket */
    int addresses_overflowed; /* some known addresses are known to Python only */
    uint8_t *buffer; /* of VH_BUFFER_SIZE bytes, Python's; without it nothing is read */
    const vh_route *sender; /* whose packets wait in the outbox */
    vh_outbox outbox; /* empty whenever Python runs */
    vh_address_table addresses;
} vh_engine;

vh_engine *vh_engine_new(uint64_t seed);
void vh_engine_free(vh_engine *engine);

/* Reads datagrams from the socket until it is empty or `*limit` of them were read, and takes that many off `*limit`.
   Returns what the last one is: VH_DONE if there is none left for Python. */
int vh_engine_run(vh_engine *engine, int socket, int *limit);

/* Writes the sender's address into the event as text and numbers; 0 if it is of no family known. */
int vh_event_address(vh_event *event);

int vh_engine_add_address(vh_engine *engine, const uint8_t *ip, uint32_t ip_length, uint16_t port, uint32_t scope,
                          vh_route *route);
void vh_engine_remove_address(vh_engine *engine, const uint8_t *ip, uint32_t ip_length, uint16_t port, uint32_t scope);

#endif
