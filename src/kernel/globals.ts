/** What the kernel and its compiler need of JavaScript, as it is before cells run: what a cell makes of it is its own affair. */

export const ownJson: JSON = Object.create(null, Object.getOwnPropertyDescriptors(JSON));

export const OwnDate = Date;
