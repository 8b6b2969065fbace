package io.modelconnector.core.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;

class LastingFaultTest {
    @Test
    void saysWhenAFaultBeginsAndWhenItIsOver() {
        LoggerContext context = new LoggerContext();
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        Logger log = context.getLogger("endpoint");
        log.setLevel(Level.DEBUG);
        log.addAppender(lines);
        LastingFault fault = new LastingFault(log, "using the store");

        fault.over();
        fault.met("answered 503");
        fault.met("answered 503");
        fault.over();
        fault.over();
        fault.met("answered 500");

        assertThat(lines.list)
                .extracting(line -> line.getLevel() + " " + line.getFormattedMessage())
                .containsExactly(
                        "WARN using the store fails: answered 503",
                        "DEBUG using the store still fails: answered 503",
                        "INFO using the store works again",
                        "WARN using the store fails: answered 500");
    }
}
