/**
 * IPFS as places of the mirror, over HTTP: Kubo's RPC, trustless gateways, delegated routing and
 * pinning services. Each is a port's adapter and nothing else: what comes in is checked by whoever
 * asked, against the CID or the name. Requests are bounded in time and in bytes, follow no
 * redirects and are never repeated by themselves.
 */
@NullMarked
package org.tidelog.node.ipfs;

import org.jspecify.annotations.NullMarked;
