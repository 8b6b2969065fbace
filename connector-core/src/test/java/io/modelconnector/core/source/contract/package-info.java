/**
 * The contract that a source has to keep, as a test. For authors of a source: extend
 * {@link io.modelconnector.core.source.contract.SourceContractTest}.
 */
@NullMarked
package io.modelconnector.core.source.contract;

import org.jspecify.annotations.NullMarked;
