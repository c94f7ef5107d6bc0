package io.freerouter.routing;

/** Something a request asks for that not every model can do. */
public enum Trait {
    /** Tools that the model may call. */
    TOOLS,
    /** Images to look at. */
    IMAGES,
    /** Sound to listen to. */
    AUDIO,
    /** Files to read. */
    FILES,
    /** An answer in JSON, with or without a schema. */
    RESPONSE_FORMAT,
    /** A say in how much the model thinks. */
    REASONING
}
