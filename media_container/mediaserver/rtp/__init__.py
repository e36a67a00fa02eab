"""RTP and RTCP as arithmetic: bytes, numbers and the time in, bytes out. No I/O, clock, logging or event loop.

The way of a packet:
- `header.read_fixed` of the decrypted datagram, the stream by its SSRC
- `normaliser.PacketNormaliser.normalise` once per packet, in place: view = memoryview(buf)[start:end]
- `transport_cc`, `reception`, `nack_list`, `keyframe`: statistics and feedback towards the publisher
- `history.PacketHistory.store` once per packet, shared by all receivers
- per receiver: `SequenceMap.forward`, then `packet_writer.PacketWriter.write` into the receiver's own buffer
- when a receiver's source changes: `continuity`, then `SequenceMap.switch`
- on a NACK: `SequenceMap.reverse` -> `PacketHistory.get` -> `PacketWriter.write` of the RTX stream -> `rtx.encapsulate`
"""
