// A Helia node on loopback that knows one peer: bitswap for blocks, the DHT of local networks for names. No HTTP, no folder.
import { withBitswap } from '@helia/bitswap';
import { withLibp2pLight } from '@helia/libp2p';
import { identify } from '@libp2p/identify';
import { kadDHT, passthroughMapper } from '@libp2p/kad-dht';
import { noise } from '@libp2p/noise';
import { ping } from '@libp2p/ping';
import { tcp } from '@libp2p/tcp';
import { yamux } from '@libp2p/yamux';
import { multiaddr } from '@multiformats/multiaddr';
import { createHeliaLight } from 'helia';

const WAIT_MILLIS = 20_000;
const POLL_MILLIS = 20;

/** A node that is connected to the peer at that address, and would ask it for names. */
export async function connectedTo(address) {
  const helia = await withBitswap(withLibp2pLight(createHeliaLight(), options)).start();
  const { remotePeer } = await helia.libp2p.dial(multiaddr(address), { signal: AbortSignal.timeout(WAIT_MILLIS) });
  const { routingTable } = helia.libp2p.services.dht;
  for (const end = Date.now() + WAIT_MILLIS; !(await routingTable.find(remotePeer)); ) {
    if (Date.now() > end) throw new Error('it does not take the peer for one to ask');
    await new Promise((done) => setTimeout(done, POLL_MILLIS));
  }
  return helia;
}

const options = {
  addresses: { listen: ['/ip4/127.0.0.1/tcp/0'] },
  transports: [tcp()],
  connectionEncrypters: [noise()],
  streamMuxers: [yamux()],
  services: {
    identify: identify(),
    ping: ping(),
    // The default passes over peers that are on loopback.
    dht: kadDHT({ protocol: '/ipfs/lan/kad/1.0.0', clientMode: false, peerInfoMapper: passthroughMapper }),
  },
};
