#include "route.h"

#include <stdlib.h>

vh_route *vh_route_new(void)
{
    return calloc(1, sizeof(vh_route));
}

void vh_route_free(vh_route *route)
{
    free(route);
}

int vh_route_attach(vh_route *route, vh_stream *stream)
{
    if (route->stream_count >= VH_MAX_STREAMS) {
        return 0;
    }
    route->ssrcs[route->stream_count] = stream->ssrc;
    route->streams[route->stream_count++] = stream;
    return 1;
}

void vh_route_detach(vh_route *route, const vh_stream *stream)
{
    for (uint32_t index = 0; index < route->stream_count; index++) {
        if (route->streams[index] == stream) {
            route->stream_count--;
            route->streams[index] = route->streams[route->stream_count];
            route->ssrcs[index] = route->ssrcs[route->stream_count];
            return;
        }
    }
}
