/** A city with the ZIP codes and telephone numbers that belong to it. */
export interface Place {
  city: string;
  state: string;
  /** First three digits. */
  zipPrefix: string;
  areaCode: string;
}

const TABLE = `
Birmingham AL 352 205
Phoenix AZ 850 602
Tucson AZ 857 520
Fresno CA 937 559
Sacramento CA 958 916
San Diego CA 921 619
Denver CO 802 303
Hartford CT 061 860
Jacksonville FL 322 904
Orlando FL 328 407
Tampa FL 336 813
Atlanta GA 303 404
Savannah GA 314 912
Des Moines IA 503 515
Chicago IL 606 312
Peoria IL 616 309
Indianapolis IN 462 317
Louisville KY 402 502
Boston MA 021 617
Worcester MA 016 508
Baltimore MD 212 410
Detroit MI 482 313
Grand Rapids MI 495 616
Minneapolis MN 554 612
Kansas City MO 641 816
Charlotte NC 282 704
Raleigh NC 276 919
Newark NJ 071 973
Las Vegas NV 891 702
Albany NY 122 518
Buffalo NY 142 716
Rochester NY 146 585
Cleveland OH 441 216
Columbus OH 432 614
Portland OR 972 503
Philadelphia PA 191 215
Pittsburgh PA 152 412
Charleston SC 294 843
Memphis TN 381 901
Nashville TN 372 615
Dallas TX 752 214
Houston TX 770 713
San Antonio TX 782 210
Salt Lake City UT 841 801
Richmond VA 232 804
Seattle WA 981 206
Spokane WA 992 509
Milwaukee WI 532 414`;

export const PLACES: readonly Place[] = TABLE.trim()
  .split('\n')
  .map((line) => {
    const words = line.split(' ');
    const [state = '', zipPrefix = '', areaCode = ''] = words.slice(-3);
    return { city: words.slice(0, -3).join(' '), state, zipPrefix, areaCode };
  });
