/** Where entries are kept so that they survive a restart. For authors of stores and of programs that share one. */
@NullMarked
package io.modelconnector.core.store;

import org.jspecify.annotations.NullMarked;
