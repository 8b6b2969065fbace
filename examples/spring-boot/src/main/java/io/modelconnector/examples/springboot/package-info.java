/** A Spring Boot service that embeds the library. For whoever has such a service, too. */
@NullMarked
package io.modelconnector.examples.springboot;

import org.jspecify.annotations.NullMarked;
