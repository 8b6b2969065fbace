package io.modelconnector.examples.springboot;

import io.modelconnector.core.feed.ModelFeed;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A service that does something else as well: it knows how many models there are. */
@SpringBootApplication
@RestController
public class ModelService {
    private final ModelFeed feed;

    ModelService(ModelFeed feed) {
        this.feed = feed;
    }

    /** Runs until the process is ended. */
    public static void main(String[] args) {
        SpringApplication.run(ModelService.class, args);
    }

    @GetMapping("/count")
    int count() {
        return feed.snapshot().entries().size();
    }
}
