/**
 * The flags with which Node runs the service: in the image, locally and in every measurement. Why these:
 * docs/decisions/threads.md. A compile cache holds only for the flags it was made with.
 */
export const NODE_FLAGS = ['--single-threaded'] as const
