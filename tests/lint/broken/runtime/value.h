/* value.h: above base. */
