/**
 * One leader among several processes: {@link io.modelconnector.kserve.leader.LeaderElection}. For hosts that run as more
 * than one replica.
 */
@NullMarked
package io.modelconnector.kserve.leader;

import org.jspecify.annotations.NullMarked;
