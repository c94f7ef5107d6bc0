package io.freerouter.catalog;

/** Something that a request may need and that not every model can do. */
public enum Ability {
    /** Calls tools. */
    TOOLS("tools"),
    /** Looks at images. */
    IMAGES("image input"),
    /** Listens to sound. */
    AUDIO("audio input"),
    /** Watches videos. */
    VIDEO("video input"),
    /** Reads files. */
    FILES("file input"),
    /** Answers in JSON. */
    RESPONSE_FORMAT("JSON output"),
    /** Answers in JSON that follows a schema. */
    STRUCTURED_OUTPUTS("structured outputs"),
    /** Lets the request say how much the model thinks. */
    REASONING("reasoning"),
    /** Is hosted by a provider who keeps nothing of what is sent. No list of models says that. */
    PRIVATE("providers who keep nothing");

    private final String words;

    Ability(String words) {
        this.words = words;
    }

    /** The ability in words for people. */
    public String words() {
        return words;
    }
}
