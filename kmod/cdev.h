/* SPDX-License-Identifier: GPL-2.0 */
/* /dev/xlat. */
#ifndef XLAT_CDEV_H
#define XLAT_CDEV_H

int xlat_cdev_init(void);
void xlat_cdev_exit(void);

#endif /* XLAT_CDEV_H */
