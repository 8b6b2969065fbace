/**
 * Who may ask: decides about a request before anything else is done for it. For hosts, which choose an
 * {@link io.modelconnector.core.endpoint.auth.RequestAuthenticator} or bring their own.
 */
@NullMarked
package io.modelconnector.core.endpoint.auth;

import org.jspecify.annotations.NullMarked;
