/**
 * The flags with which Node runs the service: in the image, locally and in every measurement. Why these:
 * docs/decisions/threads.md. A compile cache holds only for the flags it was made with.
 */
export const NODE_FLAGS = [
  '--single-threaded',
  '--heap-growing-percent=100',
  '--initial-old-space-size=64',
  '--min-semi-space-size=4',
] as const
