package io.modelconnector.examples.benchmarks;

import io.modelconnector.techdocs.clean.CleanCard;
import io.modelconnector.techdocs.clean.ModelCardCleaner;
import java.net.URI;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to clean a card, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class CardCleaningBenchmark {
    private static final URI ORIGIN =
            URI.create("https://huggingface.co/ibm-granite/granite-3.1-8b-instruct/resolve/main/");
    private static final String[] WORDS =
            ("the model was trained on a mixture of publicly available data and synthetic instructions to follow user "
                            + "intent safely while keeping latency low for production serving on accelerators with quantized weights")
                    .split(" ");

    private static final String HEAD = """
            ---
            license: apache-2.0
            language:
            - en
            - de
            base_model: ibm-granite/granite-3.1-8b-base
            tags: [granite-3.1, language]
            pipeline_tag: text-generation
            ---

            # Granite 3.1 8B Instruct

            [![Paper](https://img.shields.io/badge/paper-arxiv-red.svg)](https://arxiv.org/abs/2405.04324)

            <p align="center">
              <img src="logo.png" alt="Logo" width="300">
            </p>

            """;

    private static final String CODE = """
            ```python
            from transformers import AutoModelForCausalLM, AutoTokenizer

            model = AutoModelForCausalLM.from_pretrained("ibm-granite/granite-3.1-8b-instruct")
            tokens = tokenizer(["<|start_of_role|>user<|end_of_role|>"], return_tensors="pt")
            print(tokenizer.batch_decode(model.generate(**tokens, max_new_tokens=100))[0])
            ```

            """;

    /** The length of the card in KiB. */
    @Param({"20", "64", "256", "1000"})
    public int kibibytes;

    /** Whether there is something to clean: front matter, badges, relative links, HTML, comments. */
    @Param({"true", "false"})
    public boolean dirty;

    private final ModelCardCleaner cleaner = ModelCardCleaner.defaults();
    private String card = "";

    /** Writes the card. */
    @Setup
    public void prepare() {
        Random random = new Random(7);
        StringBuilder text = new StringBuilder(dirty ? HEAD : "# Granite 3.1 8B Instruct\n\n");
        while (text.length() < kibibytes * 1024) {
            section(text, random);
        }
        card = text.toString();
    }

    private void section(StringBuilder text, Random random) {
        text.append("## ");
        words(text, random, 4, false);
        text.append("\n\n");
        words(text, random, 90, true);
        text.append(dirty ? " See <b>the</b> [guide](docs/guide.md).<br>\n\n" : "\n\n");
        words(text, random, 60, true);
        text.append("\n\n");
        for (int i = 0; i < 6; i++) {
            text.append("- ");
            words(text, random, 12, true);
            text.append('\n');
        }
        text.append("\n| Benchmark | Score | Baseline |\n| --- | --- | --- |\n");
        for (int i = 0; i < 10; i++) {
            text.append("| ")
                    .append(WORDS[i])
                    .append(" | ")
                    .append(random.nextInt(100))
                    .append(" | ");
            text.append(random.nextInt(100)).append(" |\n");
        }
        text.append(dirty ? "\n<!-- Say more about the results. -->\n\n" : "\n").append(CODE);
    }

    private static void words(StringBuilder text, Random random, int count, boolean markup) {
        for (int i = 0; i < count; i++) {
            String word = WORDS[random.nextInt(WORDS.length)];
            int kind = markup ? random.nextInt(40) : 40;
            text.append(i > 0 ? " " : "");
            switch (kind) {
                case 0 -> text.append("**").append(word).append("**");
                case 1 -> text.append('`').append(word).append('`');
                case 2 ->
                    text.append('[')
                            .append(word)
                            .append("](https://huggingface.co/")
                            .append(word)
                            .append(')');
                default -> text.append(word);
            }
        }
    }

    /** One card. */
    @Benchmark
    public CleanCard clean() {
        return cleaner.clean(card, ORIGIN);
    }
}
