/**
 * The definitions of APIs, as model servers publish them: which are fetched, when, and for how long they are kept. For hosts,
 * which bring the HTTP client.
 */
@NullMarked
package io.modelconnector.core.definition;

import org.jspecify.annotations.NullMarked;
