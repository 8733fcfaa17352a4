/**
 * What the adapters to vendors share: registered templates, digests, vendors' codes and times. No
 * vendor and no provider lives here, and nothing here opens a connection. Adapters call in; nothing
 * here calls out.
 */
@NullMarked
package io.waymark.channel.vendor;

import org.jspecify.annotations.NullMarked;
