/**
 * Who may ask, as a Backstage says: verifies the tokens that its plugins send. For hosts.
 */
@NullMarked
package io.modelconnector.kserve.backstage;

import org.jspecify.annotations.NullMarked;
