/** The feed as a person sees it in a browser. For hosts that show it at the root of a {@code FeedEndpoint}. */
@NullMarked
package io.modelconnector.core.endpoint.page;

import org.jspecify.annotations.NullMarked;
