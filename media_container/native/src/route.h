/* The inbound side of a transport: its SRTP keys, the streams with a plan, and the arrivals of its packets. */
#ifndef VARDRUM_ROUTE_H
#define VARDRUM_ROUTE_H

#include <stdint.h>

#include "arrivals.h"
#include "link.h"
#include "stream.h"

enum { VH_MAX_STREAMS = 32 };

typedef struct {
    int64_t id; /* Python's name for the transport */
    void *session; /* NULL before the handshake and after the end */
    vh_srtp_function unprotect;
    vh_srtp_function unprotect_rtcp;
    vh_path *path; /* what is sent to the same browser; NULL until Python has taken feedback of `feedback_ssrc` */
    uint32_t feedback_ssrc;
    vh_arrivals *arrivals;
    uint32_t stream_count;
    uint32_t ssrcs[VH_MAX_STREAMS];
    vh_stream *streams[VH_MAX_STREAMS];
} vh_route;

vh_route *vh_route_new(void);
void vh_route_free(vh_route *route);

/* A stream's plan holds from now on; 0 if there are too many. */
int vh_route_attach(vh_route *route, vh_stream *stream);
void vh_route_detach(vh_route *route, const vh_stream *stream);

/* The stream with a plan, NULL if the SSRC has none. */
static inline vh_stream *vh_route_stream(const vh_route *route, uint32_t ssrc)
{
    for (uint32_t index = 0; index < route->stream_count; index++) {
        if (route->ssrcs[index] == ssrc) {
            return route->streams[index];
        }
    }
    return 0;
}

#endif
