/**
 * Access to a cluster from what the environment gives: {@link io.modelconnector.kserve.credentials.KubernetesAccess}. For
 * hosts that have no {@link io.kubernetes.client.openapi.ApiClient} of their own.
 */
@NullMarked
package io.modelconnector.kserve.credentials;

import org.jspecify.annotations.NullMarked;
