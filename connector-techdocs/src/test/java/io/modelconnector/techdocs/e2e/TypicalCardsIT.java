package io.modelconnector.techdocs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.techdocs.clean.ModelCardCleaner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Cards as the large families of models have them, cleaned and shown.
 *
 * <p>With {@code -Dcards.pictures=DIRECTORY} a picture of each page is kept there.
 */
class TypicalCardsIT {
    /** What a reader sees of Markdown that was not understood. */
    private static final Map<String, Pattern> REMNANTS = Map.of(
            "a table", Pattern.compile("^\\s*\\|.*\\|\\s*$", Pattern.MULTILINE),
            "a fence", Pattern.compile("^\\s*(```|~~~)", Pattern.MULTILINE),
            "a heading", Pattern.compile("^\\s*#{2,6} ", Pattern.MULTILINE),
            "front matter", Pattern.compile("^(license|base_model|pipeline_tag): ", Pattern.MULTILINE),
            "an element", Pattern.compile("</?(div|p|table|tr|td|details|summary|img|sup|sub|br|center|h1)\\b[^>]*>"),
            "a placeholder", Pattern.compile("(?i)wzxhzdk|klzzwxh"),
            "an entity", Pattern.compile("&(amp|lt|gt|#\\d+);"));

    /** What a reader has to find, in the words of the page. */
    private static final Map<String, List<String>> CONTENT = Map.ofEntries(
            Map.entry(
                    "granite-instruct",
                    List.of("Basalt-3.1-8B-Instruct", "HuggingFace Open LLM Leaderboard V1", "84.48")),
            Map.entry(
                    "llama-instruct",
                    List.of("<|begin_of_text|>", "{{ user_message }}", "<s>[INST] <<SYS>>", "sierra-community")),
            Map.entry("mistral-instruct", List.of("<s>[SYSTEM_PROMPT]<system prompt>", "http://<your-server>:8000")),
            Map.entry(
                    "qwen-instruct",
                    List.of(
                            "<think>...</think>",
                            "empty <think></think> block",
                            "\"rope_type\": \"yarn\"",
                            "\\boxed{}")),
            Map.entry(
                    "gemma-instruct",
                    List.of(
                            "{%- if messages[0]['role'] == 'system' -%}",
                            "{# generation prompt #}", "HellaSwag", "\nText string, such as a question")),
            Map.entry("phi-mini", List.of("<|system|>Insert System Message<|end|>", "🎉", "Arena Hard")),
            Map.entry(
                    "deepseek-reasoning",
                    List.of("<think>\\n\\n</think>", "Paper Link", "Abyss-R1-Zero", "{question}\"\"\"")),
            Map.entry("falcon-cards-template", List.of("{{ bias_risks_limitations", "{{Kestrel-40B}", "نموذج لغوي")),
            Map.entry("whisper-speech", List.of("<|startoftranscript|> <|en|>", ">>> # load model", "1550 M")),
            Map.entry(
                    "stable-diffusion",
                    List.of("Steady Diffusion v1-4 Model Card", "\\mathcal{N}(0,1)", "@InProceedings")),
            Map.entry("sdxl-lora", List.of("a photo of TOK dog on the moon", "SDXL LoRA DreamBooth")),
            Map.entry(
                    "bge-embeddings", List.of("BeeEmbedding", "中文向量模型", "为这个句子生成表示以用于检索相关文章：", "Mine hard negatives")),
            Map.entry("e5-multilingual-embeddings", List.of("南瓜的家常做法", "\\mathcal{L} = -\\log", "xlm-roberta-large")),
            Map.entry(
                    "reranker",
                    List.of(
                            "a<b",
                            "\nAll scores are our runs",
                            "<Instruct>: {instruction}",
                            "<think>\\n\\n</think>",
                            "localhost:8080/rerank")),
            Map.entry(
                    "yolo-detection",
                    List.of("Documentation", "pip install glance", "462.8 ± 6.7", "Open Glance In Colab")),
            Map.entry("clip-vision", List.of("Model Card: SNAP", "96.5%", "\nEuroSAT")),
            Map.entry("bert-ner", List.of("B-MISC", "6321", "Ming{-}Wei Chang")),
            Map.entry("t5-translation", List.of("<extra_id_0>", "Targets end in </s>.", "T5Tokenizer")),
            Map.entry("sklearn-tabular", List.of("DecisionTreeClassifier(max_depth=4)", "gini | entropy", "0.791961")),
            Map.entry(
                    "time-series",
                    List.of("\\hat{y}_{c} = \\sum_{i=1}^{n} w_i x_{c,t-i}", "512-96-r2", "\nGPT4TS", "graph LR")),
            Map.entry(
                    "redhatai-quantized",
                    List.of("{{.Name}}", "<inference-service-name>", "Recovery (%)", "102.00", "1/8/2025")),
            Map.entry(
                    "lora-adapter-template",
                    List.of("Model Card for Model ID", "[More Information Needed]", "load_in_4bit: True")),
            Map.entry("gguf-quants", List.of("<s>[INST] {prompt} [/INST]", "GGML_TYPE_Q2_K", "sirocco-7b.Q4_K_M.gguf")),
            Map.entry(
                    "plain-internal-model",
                    List.of(
                            "Churn predictor",
                            "Owner: billing-ml@example.com",
                            "<3 months old",
                            "(month-to-month|one year|two year)")),
            Map.entry(
                    "code-model-with-checklist",
                    List.of(
                            "<fim_prefix>",
                            "a || b",
                            "Map<String, List<T>>",
                            "<iframe src=\"https://demo.example.com\">",
                            "{{ count }}",
                            "<form action=\"/predict\" method=\"post\">")),
            Map.entry("windows-line-ends", List.of("Übersetzer Deutsch–Englisch", "übersetze = pipeline(", "34,1")),
            Map.entry("latin-1-bytes", List.of("Modèle de résumé", "3 € par million")),
            Map.entry("long-lines-and-languages", List.of("日本語の文章生成に対応しています。", "한국어 텍스트", "النصوص الطويلة", "91.2%")));

    private static Chromium chromium;

    @BeforeAll
    static void start() throws IOException {
        RenderingTools.install(RenderedCards.TARGET);
        chromium = Chromium.start(Files.createTempDirectory(RenderedCards.TARGET, "chromium"));
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "TECHDOCS"})
    void aReaderFindsWhatTheCardSaysAndNoRemnantsOfMarkdown(MkDocs mkDocs) throws IOException {
        SortedMap<String, String> cards = cleaned();
        List<String> faults = new ArrayList<>();
        try (RenderedCards pages = RenderedCards.render(mkDocs, chromium, "typical", cards)) {
            for (String card : cards.keySet()) {
                PageReport page = pages.photograph(card, picture(mkDocs, card));
                page.misdeeds(pages.innocent()).forEach(misdeed -> faults.add(card + " " + misdeed));
                for (String content : CONTENT.get(card)) {
                    if (!page.text().contains(content)) {
                        faults.add(card + " does not show " + content);
                    }
                }
                REMNANTS.forEach((name, remnant) -> remnant.matcher(page.prose())
                        .results()
                        .forEach(found -> faults.add(card + " shows " + name + " as text: " + found.group())));
            }
        }

        assertThat(faults).isEmpty();
    }

    @Test
    void everyFamilyHasACard() throws IOException {
        assertThat(CardCorpus.typical()).hasSizeGreaterThanOrEqualTo(20).containsOnlyKeys(CONTENT.keySet());
    }

    private static Path picture(MkDocs mkDocs, String card) {
        String directory = System.getProperty(
                "cards.pictures", RenderedCards.TARGET.resolve("pictures").toString());
        return Path.of(directory, mkDocs.name(), card + ".png");
    }

    private static SortedMap<String, String> cleaned() throws IOException {
        SortedMap<String, String> cleaned = new TreeMap<>();
        CardCorpus.typical()
                .forEach((name, card) -> cleaned.put(
                        name, ModelCardCleaner.defaults().clean(card, null).markdown()));
        return cleaned;
    }
}
