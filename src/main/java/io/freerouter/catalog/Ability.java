package io.freerouter.catalog;

/** Something a request may ask of a model that not every model can do. */
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
    /** Takes a say in how much it thinks. */
    REASONING("reasoning"),
    /** Is hosted by somebody who keeps nothing of what is sent, which no list of models tells. */
    PRIVATE("providers who keep nothing");

    private final String words;

    Ability(String words) {
        this.words = words;
    }

    /** The ability in words a user reads. */
    public String words() {
        return words;
    }
}
